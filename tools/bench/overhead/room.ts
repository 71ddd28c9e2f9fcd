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
const ROUNDS = 120
const WARM_UP_ROUNDS = 30
const BATCH = 500
const CONNECTIONS = 20

/** What each server's requests cost, as times the bare server's in the same round. */
type Ratios = ReadonlyMap<string, readonly number[]>

/** What a request costs the server. */
export const overhead: Room = {
  name: 'overhead',
  title: 'CPU per request',
  text: `The CPU time of the server's process, user and system, for ${BATCH} keep-alive requests on ${CONNECTIONS} connections, divided by that of a bare \`node:http\` server in the same round. All servers are in one process and take turns, in an order drawn for each of ${ROUNDS} rounds; the client is another process. Where in a process a server lies makes a difference of a percent or two, so there are ${PROCESSES} of them, each with its servers made in another order: median and range of their medians. The handler does nothing, so that any real service shows less. The second bare server shows what the measurement cannot tell apart from 1. Libraries that do nothing per request or connection are not listed.`,
  async measure(tell) {
    const medians = new Map<string, number[]>()
    for (let process = 1; process <= PROCESSES; process++) {
      for (const [name, values] of await measureProcess()) {
        medians.set(name, [...(medians.get(name) ?? []), summarize(values).median])
      }
      tell(`process ${process} of ${PROCESSES}`)
    }
    const order = [BARE_AGAIN, ...Object.values(CONTENDERS).map(({ name }) => name)]
    const rows = order.flatMap((name) => {
      const values = medians.get(name)
      return values ? [[name, withRange(summarize(values), 3)]] : []
    })
    return [{ columns: ['', 'times bare'], rows }]
  },
}

async function measureProcess(): Promise<Ratios> {
  const child = fork(fileURLToPath(new URL('servers.ts', import.meta.url)), {
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
  const ratios = new Map<string, number[]>()
  const drivers = new Map<string, Driver>()
  try {
    const message = await hear()
    const ports = message.kind === 'listening' ? message.ports : {}
    for (const [name, port] of Object.entries(ports)) drivers.set(name, await createDriver(port, CONNECTIONS))

    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const used = new Map<string, number>()
      for (const [name, driver] of shuffle([...drivers])) {
        const before = await cpu()
        await driver.send(BATCH)
        used.set(name, (await cpu()) - before)
      }
      if (round < 0) continue
      const bare = used.get(BARE) ?? NaN
      for (const name of drivers.keys()) {
        if (name !== BARE) ratios.set(name, [...(ratios.get(name) ?? []), (used.get(name) ?? NaN) / bare])
      }
    }
    return ratios
  } finally {
    for (const driver of drivers.values()) driver.close()
    child.disconnect()
  }
}
