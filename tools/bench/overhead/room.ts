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
import type { FromServers } from './messages.ts'

const PROCESSES = 8
const ROUNDS = 40
const WARM_UP_ROUNDS = 15
/** Then all connections are made anew. */
const ROUNDS_PER_CONNECTION = 5
const BATCH = 500
const CONNECTIONS = 20

/** What each server's requests of a case cost, as times the bare servers'. */
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
  text: `The CPU time of the server's process, user and system, for ${BATCH} keep-alive requests on ${CONNECTIONS} connections, as times that of two bare \`node:http\` servers: the median of its batches by the median of theirs. They are in one process and take turns, in an order drawn for each of ${ROUNDS} rounds; the client is another process. Each library has processes of its own, as in a service: with several in one, the engine compiles the code that they share for none of them. Where in memory a server and its connections lie makes a difference of a percent or two, so the connections are made anew every ${ROUNDS_PER_CONNECTION} rounds, and there are ${PROCESSES} such processes for each, with their servers made in another order: median and range of these. The handler does nothing but answer, at once or in the next phase of the event loop, so that any real service shows less. The third bare server shows what the measurement cannot tell apart from 1. Libraries that do nothing per request or connection are not listed.`,
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
  const child = fork(fileURLToPath(new URL('servers.ts', import.meta.url)), [contender], {
    execArgv: ['--no-warnings'],
    env: { ...process.env, KEEP_ALIVE_MS: '600000' },
  })
  const hear = async (): Promise<FromServers> => ((await once(child, 'message')) as [FromServers])[0]
  const cpu = async (): Promise<number> => {
    const heard = hear()
    child.send('cpu')
    const message = await heard
    return message.kind === 'cpu' ? message.micros : NaN
  }
  const batches = new Map<string, number[]>()
  const drivers = new Map<string, Driver>()
  try {
    const message = await hear()
    const ports = message.kind === 'listening' ? message.ports : {}
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      if (round % ROUNDS_PER_CONNECTION === 0) {
        for (const [name, port] of shuffle(Object.entries(ports))) {
          drivers.get(name)?.close()
          drivers.set(name, await createDriver(port, CONNECTIONS))
        }
      }
      for (const { title, path } of CASES) {
        for (const [name, driver] of shuffle([...drivers])) {
          const before = await cpu()
          await driver.send(path, BATCH)
          const micros = (await cpu()) - before
          const key = keyOf(title, name)
          if (round >= 0) batches.set(key, [...(batches.get(key) ?? []), micros])
        }
      }
    }
    return ratiosOf(batches, [BARE_AGAIN, contender])
  } finally {
    for (const driver of drivers.values()) driver.close()
    child.disconnect()
  }
}

function ratiosOf(batches: ReadonlyMap<string, readonly number[]>, names: readonly string[]): Ratios {
  const medianOf = (keys: readonly string[]) => summarize(keys.flatMap((key) => batches.get(key) ?? [])).median
  return new Map(
    CASES.flatMap(({ title }) => {
      const bare = medianOf(BARE.map((name) => keyOf(title, name)))
      return names.map((name) => [keyOf(title, name), medianOf([keyOf(title, name)]) / bare] as const)
    }),
  )
}
