import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CONTENDERS } from '../contenders/index.ts'
import type { Room } from '../room.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { summarize } from '../statistics/summarize.ts'
import { withRange } from '../table/numbers.ts'
import { BARE, BARE_AGAIN } from './contestants.ts'
import { createDriver, type Driver } from './drive.ts'
import type { FromServer, ToServer } from './messages.ts'

const PROCESSES = 12
const ROUNDS = 120
/** In a trace of ours the engine optimized the last part after 25: a library's turn comes less often than the bare one. */
const WARM_UP_ROUNDS = 40
/** Then all connections are made anew. */
const ROUNDS_PER_CONNECTION = 5
const BATCH = 500
const CONNECTIONS = 20

/** What the requests of a case cost, as times those of the bare server. */
type Ratios = ReadonlyMap<string, number>

interface Case {
  readonly title: string
  readonly path: string
}

/** What is asked for: one path that the handler answers at once, and one that it answers in a later phase of the loop. */
const CASES: readonly Case[] = [
  { title: 'answered at once', path: '/orders/42' },
  { title: 'answered later', path: '/later' },
]

/** What a request costs the server. */
export const overhead: Room = {
  name: 'overhead',
  title: 'CPU per request',
  text: `The CPU time of the server's process, user and system, for ${BATCH} keep-alive requests on ${CONNECTIONS} connections, as times that of a bare \`node:http\` server: each batch by the bare one of its round, and the median of these. Two servers side by side would differ by some percent, by where in memory they and their connections lie. So it is one and the same server, bare or with a library on it: what the library has put on it, its listeners and what it overrides, is taken off and put on again between the batches, in an order drawn for each of ${ROUNDS} rounds, after ${WARM_UP_ROUNDS} that do not count. The connections are made with the library on, and anew every ${ROUNDS_PER_CONNECTION} rounds; the client is another process. Each library has ${PROCESSES} processes of its own: median and range of these. The handler does nothing but answer, at once or in the next phase of the event loop, so that any real service shows less. The second bare row shows what the measurement cannot tell apart from 1. Libraries that do nothing per request or connection are not listed.`,
  async measure(tell) {
    const wrappers = Object.values(CONTENDERS).flatMap(({ name, wrap }) => (wrap ? [name] : []))
    const ratios = new Map<string, number[]>()
    for (let process = 1; process <= PROCESSES; process++) {
      for (const contender of shuffle(wrappers)) {
        for (const [key, ratio] of await measureProcess(contender)) {
          ratios.set(key, [...(ratios.get(key) ?? []), ratio])
        }
      }
      tell(`process ${process} of ${PROCESSES}`)
    }
    const of = ({ title }: Case, name: string) => summarize(ratios.get(keyOf(title, name)) ?? [])
    const rows = [BARE_AGAIN, ...wrappers].map((name) => [name, ...CASES.map((each) => withRange(of(each, name), 3))])
    return [{ columns: ['', ...CASES.map(({ title }) => title)], rows }]
  },
}

function keyOf(title: string, name: string): string {
  return `${title}/${name}`
}

async function measureProcess(contender: string): Promise<Ratios> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [contender], {
    execArgv: ['--no-warnings'],
    env: { ...process.env, KEEP_ALIVE_MS: '600000' },
  })
  const hear = async (): Promise<FromServer> => ((await once(child, 'message')) as [FromServer])[0]
  const cpu = async (become?: string): Promise<number> => {
    const heard = hear()
    child.send({ ...(become !== undefined && { become }) } satisfies ToServer)
    const message = await heard
    return message.kind === 'cpu' ? message.micros : NaN
  }
  const batches = new Map<string, number[]>()
  let driver: Driver | undefined
  try {
    const message = await hear()
    const port = message.kind === 'listening' ? message.port : NaN
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      if (!driver || round % ROUNDS_PER_CONNECTION === 0) {
        driver?.close()
        await cpu(contender)
        driver = await createDriver(port, CONNECTIONS)
      }
      for (const { title, path } of CASES) {
        for (const name of shuffle([BARE, BARE_AGAIN, contender])) {
          const before = await cpu(name)
          await driver.send(path, BATCH)
          const micros = (await cpu()) - before
          const key = keyOf(title, name)
          if (round >= 0) batches.set(key, [...(batches.get(key) ?? []), micros])
        }
      }
    }
    return ratiosOf(batches, [BARE_AGAIN, contender])
  } finally {
    driver?.close()
    child.disconnect()
  }
}

function ratiosOf(batches: ReadonlyMap<string, readonly number[]>, names: readonly string[]): Ratios {
  const ratioOf = (title: string, name: string) => {
    const bare = batches.get(keyOf(title, BARE)) ?? []
    const own = batches.get(keyOf(title, name)) ?? []
    return summarize(own.map((micros, round) => micros / (bare[round] ?? NaN))).median
  }
  return new Map(CASES.flatMap(({ title }) => names.map((name) => [keyOf(title, name), ratioOf(title, name)] as const)))
}
