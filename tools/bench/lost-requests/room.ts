import { type KillResult, runKillScenario } from '@lastcall/testing'
import { CONTENDERS } from '../contenders/index.ts'
import type { Room } from '../room.ts'
import { SLOW_MS } from '../service/routes.ts'
import { serviceOptions } from '../service/service-options.ts'
import { shuffle } from '../statistics/shuffle.ts'
import { summarize } from '../statistics/summarize.ts'
import { decimal, withRange } from '../table/numbers.ts'
import { inLanes } from './in-lanes.ts'

const RUNS = 5
const LANES = 3
const PROPAGATION_MS = 2000
const LAME_DUCK_MS = 5000
const GRACE_PERIOD_MS = 30_000

/** How many requests a service loses when it is stopped. */
export const lostRequests: Room = {
  name: 'lost-requests',
  title: 'Requests lost per termination',
  text: `A real process under load gets SIGTERM, and the platform does what Kubernetes does to a pod: new connections go on coming for ${PROPAGATION_MS / 1000} s, then nobody opens one; established connections go on until the service says \`Connection: close\` or closes them; after ${GRACE_PERIOD_MS / 1000} s comes SIGKILL. A request that gets no whole answer, or a status of 400 and above, is lost. The load: 20 clients that keep their connection and 5 that open one for each request, each with a pause of 20 ms, and 2 whose requests take ${SLOW_MS} ms. ${RUNS} terminations each, ${LANES} at a time, in random order; median and range. [The setups](#the-setups) are listed below.`,
  async measure(tell) {
    const setups = Object.entries(CONTENDERS).flatMap(([name, contender]) =>
      contender.setups.map((setup) => ({ name, contender, setup, results: [] as KillResult[] })),
    )
    for (let run = 1; run <= RUNS; run++) {
      await inLanes(LANES, shuffle(setups), async ({ name, setup, results }) => {
        results.push(await terminate(name, setup.name))
      })
      tell(`run ${run} of ${RUNS}`)
    }
    const rows = setups.map(({ contender, setup, results }) => [
      `${contender.name}, ${setup.name}`,
      ...['keepAlive', 'newConnection', 'slow'].map((traffic) =>
        withRange(summarize(results.map(({ load }) => load.counts[traffic]?.lost ?? 0))),
      ),
      withRange(summarize(results.map(({ load }) => load.lost.length))),
      withRange(summarize(results.map(({ durationMs }) => durationMs / 1000)), 1),
      describeExits(results),
    ])
    return [
      {
        columns: ['', 'kept connections', 'new connections', 'slow', 'lost in all', 'seconds to the exit', 'exit'],
        rows,
      },
    ]
  },
}

function terminate(name: string, setup: string): Promise<KillResult> {
  return runKillScenario({
    // As in a pod: the packages that look for Kubernetes find it.
    service: serviceOptions(name, setup, {
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      LIGHTSHIP_PORT: '0',
      LAME_DUCK_MS: String(LAME_DUCK_MS),
    }),
    load: {
      traffic: [
        { kind: 'keepAlive', path: '/', clients: 20, pauseMs: 20 },
        { kind: 'newConnection', path: '/', clients: 5, pauseMs: 20 },
        { kind: 'slow', path: '/slow', clients: 2 },
      ],
    },
    propagationMs: PROPAGATION_MS,
    timeoutMs: GRACE_PERIOD_MS,
  })
}

function describeExits(results: readonly KillResult[]): string {
  const exits = results.map(({ exit }) => exit.signal ?? decimal(exit.code ?? NaN))
  return [...new Set(exits)].join(', ')
}
