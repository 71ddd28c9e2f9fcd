// A service of one contender: `node service/main.ts <contender> <setup>`, with PORT and LAME_DUCK_MS.
import { once } from 'node:events'
import { Server } from 'node:http'
import type { Contender } from '../contenders/contender.ts'

const [name = '', setupName = ''] = process.argv.slice(2)
// Only this one: a library may do something when it is imported.
const { contender } = (await import(`../contenders/${name}.ts`)) as { contender: Contender }
const setup = contender.setups.find((each) => each.name === setupName)
if (!setup) throw new Error(`${name} has no setup "${setupName}": see contenders/${name}.ts`)

if (process.env.KEEP_ALIVE_MS !== undefined) {
  // What a service behind a load balancer sets, on every server of the process, before any is made.
  const keepAliveTimeout = Number(process.env.KEEP_ALIVE_MS)
  const { listen } = Server.prototype
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    this.keepAliveTimeout = keepAliveTimeout
    return Reflect.apply(listen, this, args)
  } as typeof listen
}
await setup.start({ port: Number(process.env.PORT), lameDuckMs: Number(process.env.LAME_DUCK_MS ?? 0) })
void once
