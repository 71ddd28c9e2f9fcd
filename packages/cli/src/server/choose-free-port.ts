import { LastcallError } from '@lastcall/core'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Linux takes 32768 and up for connections that it opens, macOS 49152 and up: the load would soon have one of those. */
const FIRST = 20_000
const BEYOND = 32_000
const ATTEMPTS = 100

/** A port for a server that is to be started. Throws `LASTCALL_START_FAILED` when a hundred of them are taken. */
export async function chooseFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST, BEYOND)
    const server = createServer().listen(port)
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
  throw new LastcallError(
    'LASTCALL_START_FAILED',
    `There is no free port for the server: ${ATTEMPTS} from ${FIRST} to ${BEYOND} are taken. End what listens there, or pass --url.`,
  )
}
