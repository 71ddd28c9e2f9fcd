// All contenders' servers in one process: they share the heap, the compiled code and the noise of the machine.
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

const servers = [
  ...[...BARE, BARE_AGAIN].map((name) => [name, createHttpServer] as const),
  ...Object.values(CONTENDERS).flatMap(({ name, wrap }) => {
    if (!wrap) return []
    const create = async (): Promise<Server> => {
      const server = createHttpServer()
      await wrap(server)
      return server
    }
    return [[name, create] as const]
  }),
] as const

const ports: Record<string, number> = {}
// Where in memory a server lies makes a difference, which is another one in each process.
for (const [name, create] of shuffle(servers)) ports[name] = await listen(await create())

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  say({ kind: 'cpu', micros: user + system })
})
process.on('disconnect', () => process.exit())
say({ kind: 'listening', ports })
