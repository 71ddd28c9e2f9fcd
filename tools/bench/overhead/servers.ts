// All contenders' servers in one process: they share the heap, the compiled code and the noise of the machine.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { CONTENDERS } from '../contenders/index.ts'
import { createHttpServer } from '../service/routes.ts'
import { BARE, BARE_AGAIN } from './contestants.ts'
import type { FromServers } from './messages.ts'

const say = (message: FromServers): void => void process.send?.(message)

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const ports: Record<string, number> = {}
for (const name of [BARE, BARE_AGAIN]) ports[name] = await listen(createHttpServer())
for (const { name, wrap } of Object.values(CONTENDERS)) {
  if (!wrap) continue
  const server = createHttpServer()
  await wrap(server)
  ports[name] = await listen(server)
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  say({ kind: 'cpu', micros: user + system })
})
process.on('disconnect', () => process.exit())
say({ kind: 'listening', ports })
