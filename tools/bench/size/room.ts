import { CONTENDERS } from '../contenders/index.ts'
import type { Room } from '../room.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { summarize } from '../statistics/summarize.ts'
import { decimal, withRange } from '../table/numbers.ts'
import { bundleSize } from './bundle-size.ts'
import { timeImport } from './time-import.ts'

const ROUNDS = 15

/** What it costs to have a library: the time to import it, and its bytes. */
export const size: Room = {
  name: 'size',
  title: 'Import time and size',
  text: `Milliseconds from the first \`import\` to the last of what a user of a library imports, built and installed, in ${ROUNDS} fresh processes each that take turns; median and range. \`node:http\` is in it where a library imports that. Kilobytes with all that it depends on, as esbuild leaves them, minified and gzipped; Fastify, which a Fastify plugin finds in place, is not counted with it.`,
  async measure(tell) {
    const contenders = Object.values(CONTENDERS).filter(({ packages }) => packages.length > 0)
    const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
    for (let round = 1; round <= ROUNDS; round++) {
      for (const { name, packages } of shuffle(contenders)) times.get(name)?.push(await timeImport(packages))
      tell(`round ${round} of ${ROUNDS}`)
    }
    const rows = contenders.map(async ({ name, packages }) => {
      const { minified, gzipped } = await bundleSize(packages)
      const time = withRange(summarize(times.get(name) ?? []), 1)
      return [name, time, decimal(minified / 1000, 1), decimal(gzipped / 1000, 1)]
    })
    return [{ columns: ['', 'import, ms', 'minified, kB', 'gzipped, kB'], rows: await Promise.all(rows) }]
  },
}
