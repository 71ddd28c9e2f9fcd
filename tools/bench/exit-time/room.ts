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
  { title: '50 idle', connections: 50, inFlight: false, runs: 9 },
  { title: '50 idle, 1 request', connections: 50, inFlight: true, runs: 5 },
  { title: '10,000 idle', connections: 10_000, inFlight: false, runs: 9 },
]

/** As a service behind a load balancer sets it: Node's 5 s would end connections before all are open. */
const KEEP_ALIVE_MS = '65000'

/** The contender that shows what the machine takes. */
const FLOOR = 'node-exit'

/** How long a service takes to end beyond what is necessary. */
export const exitTime: Room = {
  name: 'exit-time',
  title: 'From the signal to the exit',
  text: `Milliseconds from SIGTERM to the end of a real process, with idle keep-alive connections held by another process (each has had one answer), and without a lame duck: every wait of a setup is set to 0. With a request in flight that takes ${SLOW_MS} ms, counted from the moment its client has the whole answer. Only what is beyond the necessary is shown: the machine itself takes a while to end a process with so many sockets, which is what \`process.exit()\` in the handler shows, and its time in the same round is taken off all others'. The keep-alive timeout is ${KEEP_ALIVE_MS.slice(0, -3)} s, as behind a load balancer, and Fastify's own 72 s. Each contender has the last of [its setups](#the-setups). Median and range of ${CASES.map(({ runs }) => runs).join(', ')} runs by column; "gave up" is more than ${GIVE_UP_MS / 1000} s; "cut" says that the client never got its answer.`,
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
    const of = (title: string, name: string) => exits.get(`${title}/${name}`) ?? []
    const rows = contenders.map(([name, contender]) => [
      name === FLOOR ? `${contender.name}, in all` : contender.name,
      ...CASES.map(({ title }) => describe(of(title, name), name === FLOOR ? [] : of(title, FLOOR))),
    ])
    return [{ columns: ['', ...CASES.map(({ title }) => title)], rows }]
  },
}

/** `floors` are of the same rounds. */
function describe(exits: readonly Exit[], floors: readonly Exit[]): string {
  if (exits.some(({ beyondMs }) => beyondMs === Infinity)) return 'gave up'
  const times = withRange(summarize(exits.map(({ beyondMs }, round) => beyondMs - (floors[round]?.beyondMs ?? 0))))
  const cut = exits.filter((exit) => exit.cut).length
  return cut === 0 ? times : `${times}, ${decimal(cut)} of ${decimal(exits.length)} cut`
}
