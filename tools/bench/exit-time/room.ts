import { CONTENDERS } from '../contenders/index.ts'
import type { Room } from '../room.ts'
import { serviceOptions } from '../service/service-options.ts'
import { SLOW_MS } from '../service/routes.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { summarize } from '../statistics/summarize.ts'
import { decimal, withRange } from '../table/numbers.ts'
import { type Exit, GIVE_UP_MS, measureExit } from './measure-exit.ts'

interface Case {
  readonly title: string
  readonly connections: number
  readonly inFlight: boolean
  readonly runs: number
}

const CASES: readonly Case[] = [
  { title: '50 idle', connections: 50, inFlight: false, runs: 5 },
  { title: '50 idle, 1 request', connections: 50, inFlight: true, runs: 3 },
  { title: '10,000 idle', connections: 10_000, inFlight: false, runs: 2 },
]

/** As a service behind a load balancer sets it: Node's 5 s would end connections before all are open. */
const KEEP_ALIVE_MS = '65000'

/** How long a service takes to end beyond what is necessary. */
export const exitTime: Room = {
  name: 'exit-time',
  title: 'From the signal to the exit',
  text: `Milliseconds from SIGTERM to the end of a real process, with idle keep-alive connections held by another process (each has had one answer), and without a lame duck: every wait of a setup is set to 0. With a request in flight that takes ${SLOW_MS} ms, counted from the moment its client has the whole answer. The keep-alive timeout is ${KEEP_ALIVE_MS.slice(0, -3)} s, as behind a load balancer, and Fastify's own 72 s. Each contender has the last of [its setups](#the-setups). \`process.exit()\` in the handler shows what the machine takes to end a process with so many sockets: what a contender takes beyond that is its own. Median and range of ${CASES.map(({ runs }) => runs).join(', ')} runs by column; "gave up" is more than ${GIVE_UP_MS / 1000} s; "cut" says that the client never got its answer.`,
  async measure(tell) {
    const contenders = Object.entries(CONTENDERS)
    const exits = new Map<string, Exit[]>()
    for (const { title, connections, inFlight, runs } of CASES) {
      for (let run = 1; run <= runs; run++) {
        for (const [name, { setups }] of shuffle(contenders)) {
          const key = `${title}/${name}`
          const known = exits.get(key) ?? []
          // Once is enough for what does not end.
          if (known.some(({ beyondMs }) => beyondMs === Infinity)) continue
          const options = serviceOptions(name, setups.at(-1)?.name ?? '', { LAME_DUCK_MS: '0', KEEP_ALIVE_MS })
          exits.set(key, [...known, await measureExit(options, connections, inFlight)])
        }
        tell(`${title}: run ${run} of ${runs}`)
      }
    }
    const rows = contenders.map(([name, contender]) => [
      contender.name,
      ...CASES.map(({ title }) => describe(exits.get(`${title}/${name}`) ?? [])),
    ])
    return [{ columns: ['', ...CASES.map(({ title }) => title)], rows }]
  },
}

function describe(exits: readonly Exit[]): string {
  if (exits.some(({ beyondMs }) => beyondMs === Infinity)) return 'gave up'
  const times = withRange(summarize(exits.map(({ beyondMs }) => beyondMs)))
  const cut = exits.filter((exit) => exit.cut).length
  return cut === 0 ? times : `${times}, ${decimal(cut)} of ${decimal(exits.length)} cut`
}
