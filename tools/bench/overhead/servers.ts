// `node servers.ts <contender>`: its server and bare ones in one process share the heap, the compiled code and the noise.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { CONTENDERS } from '../contenders/index.ts'
import { createHttpServer } from '../service/routes.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { BARE, BARE_AGAIN } from './contestants.ts'
import type { FromServers } from './messages.ts'

const say = (message: FromServers): void => void process.send?.(message)

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const wrapper = Object.values(CONTENDERS).find(({ name }) => name === process.argv[2])
if (!wrapper?.wrap) throw new Error(`Nothing wraps a server by the name of ${process.argv[2]}.`)
const { name: contender, wrap } = wrapper

const servers: readonly (readonly [string, () => Server | Promise<Server>])[] = [
  ...[...BARE, BARE_AGAIN].map((name) => [name, createHttpServer] as const),
  [
    contender,
    async () => {
      const server = createHttpServer()
      await wrap(server)
      return server
    },
  ],
]

const ports: Record<string, number> = {}
// Where in memory a server lies makes a difference, which is another one in each process.
for (const [name, create] of shuffle(servers)) ports[name] = await listen(await create())

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  say({ kind: 'cpu', micros: user + system })
})
process.on('disconnect', () => process.exit())
say({ kind: 'listening', ports })
