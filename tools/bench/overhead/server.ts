// `node server.ts <contender>`: one server, which its library is taken off from and put on again.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { CONTENDERS } from '../contenders/index.ts'
import { createHttpServer } from '../service/routes.ts'
import { BARE, BARE_AGAIN } from './contestants.ts'
import type { FromServer, ToServer } from './messages.ts'
import { outfitOf, putOn } from './outfit.ts'

const say = (message: FromServer): void => void process.send?.(message)

const wrapper = Object.values(CONTENDERS).find(({ name }) => name === process.argv[2])
if (!wrapper?.wrap) throw new Error(`Nothing wraps a server by the name of ${process.argv[2]}.`)

const server = createHttpServer()
const bare = outfitOf(server)
await wrapper.wrap(server)
await once(server.listen(0, '127.0.0.1'), 'listening')
const outfits = new Map([
  [BARE, bare],
  [BARE_AGAIN, bare],
  [wrapper.name, outfitOf(server)],
])

process.on('message', ({ become = '' }: ToServer) => {
  const outfit = outfits.get(become)
  if (outfit) putOn(server, outfit)
  const { user, system } = process.cpuUsage()
  say({ kind: 'cpu', micros: user + system })
})
process.on('disconnect', () => process.exit())
say({ kind: 'listening', port: (server.address() as AddressInfo).port })
