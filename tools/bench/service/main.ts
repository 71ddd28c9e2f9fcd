// One service: `node service/main.ts <contender> <setup>`, with PORT and LAME_DUCK_MS.
import type { Contender } from '../contenders/contender.ts'

const [name = '', setupName = ''] = process.argv.slice(2)
// Only this contender: a library may do something when it is imported.
const { contender } = (await import(`../contenders/${name}.ts`)) as { contender: Contender }
const setup = contender.setups.find((each) => each.name === setupName)
if (!setup) throw new Error(`${name} has no setup "${setupName}": see contenders/${name}.ts`)
await setup.start({ port: Number(process.env.PORT), lameDuckMs: Number(process.env.LAME_DUCK_MS ?? 0) })
