import { LastcallError } from '@lastcall/core'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Linux takes 32768 and up for connections that it opens, macOS 49152 and up: those could have it the next moment. */
const FIRST = 20_000
const BEYOND = 32_000
const ATTEMPTS = 100

/**
 * A TCP port that nothing listens on at this moment, and that no outgoing connection is given. Rejects with
 * `LASTCALL_TIMEOUT` when a hundred of them are taken.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST, BEYOND)
    if (await isPortFree(port)) return port
  }
  throw new LastcallError(
    'LASTCALL_TIMEOUT',
    `findFreePort found ${ATTEMPTS} ports from ${FIRST} to ${BEYOND} taken. End what listens there.`,
  )
}

/** Whether nothing listens on a port, on any address of this machine: it is really bound to find out. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen(port, () => server.close(() => resolve(true)))
  })
}
