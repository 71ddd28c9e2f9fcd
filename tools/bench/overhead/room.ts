import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Room } from '../room.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { summarize } from '../statistics/summarize.ts'
import { withInterval } from '../table/numbers.ts'
import { BARE } from './contestants.ts'
import { createDriver, type Driver } from './drive.ts'
import type { FromServers } from './messages.ts'

const ROUNDS = 1000
const WARM_UP_ROUNDS = 30
const BATCH = 500
const CONNECTIONS = 20

/** What a request costs the server. */
export const overhead: Room = {
  name: 'overhead',
  title: 'CPU per request',
  text: `The CPU time of the server's process, user and system, for ${BATCH} keep-alive requests on ${CONNECTIONS} connections, divided by that of a bare \`node:http\` server in the same round. All servers are in one process and take turns, in an order drawn for each of ${ROUNDS} rounds; the client is another process. The handler does nothing, so that any real service shows less. Median of the rounds, and the interval that holds it with 95 % confidence. The second bare server shows what the measurement cannot tell apart from 1. Libraries that do nothing per request or connection are not listed.`,
  async measure(tell) {
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
    try {
      const message = await hear()
      const ports = message.kind === 'listening' ? message.ports : {}
      const drivers = new Map<string, Driver>()
      for (const [name, port] of Object.entries(ports)) drivers.set(name, await createDriver(port, CONNECTIONS))
      const ratios = new Map<string, number[]>()

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
        if (round % 100 === 99) tell(`round ${round + 1} of ${ROUNDS}`)
      }
      const rows = [...ratios].map(([name, values]) => [name, withInterval(summarize(values), 3)])
      return [{ columns: ['', 'times bare'], rows }]
    } finally {
      child.disconnect()
    }
  },
}
