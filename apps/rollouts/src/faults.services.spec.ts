import type { Workload } from '@lastcall/kubelet'
import { formatLoadReport, type Load, waitUntil } from '@lastcall/testing'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { startHaproxy } from './balancers/haproxy.ts'
import { hasProgram } from './has-program.ts'
import { isUnclean, type Replica } from './replicas/create-replicas.ts'
import { DEPLOYMENT } from './replicas/orders-pod.ts'
import { PATIENCE, runUnderLoad, type SceneOptions } from './run-under-load.ts'

const { DATABASE_URL, LASTCALL_POSTGRESQL_RESTART: RESTART } = process.env

const SCENE: Omit<SceneOptions, 'databaseUrl'> = {
  startBalancer: startHaproxy,
  env: { PLATFORM: 'kubernetes' },
  timeoutMs: 5000,
}

/** Liveness is asked each second, so that a hang does not take half a minute to be found. */
const HASTY: Workload = {
  ...DEPLOYMENT,
  containers: DEPLOYMENT.containers.map((container) => ({
    ...container,
    livenessProbe: { ...container.livenessProbe, periodSeconds: 1, terminationGracePeriodSeconds: 2 },
  })),
}

/** Restarts the database as its operator would. */
async function restartDatabase(): Promise<void> {
  const [command = '', ...args] = JSON.parse(RESTART ?? '[]') as string[]
  await promisify(execFile)(command, args)
}

describe.skipIf(DATABASE_URL === undefined || !hasProgram('haproxy'))(
  'three replicas behind HAProxy (needs DATABASE_URL and haproxy)',
  () => {
    it.each([
      ['is killed', 'SIGKILL', DEPLOYMENT],
      ['hangs', 'SIGSTOP', HASTY],
    ] as const)(
      'lose nothing more once one that %s has been replaced, and no order',
      async (_what, signal, workload) => {
        let recoveredMs = NaN
        const scene = { ...SCENE, databaseUrl: DATABASE_URL!, workload }
        const result = await runUnderLoad(scene, async ({ replicas, load, whenRouted }) => {
          const [replica] = replicas.current as [Replica]
          process.kill(replica.pod.containers[0]?.pid ?? NaN, signal)
          await waitUntil(() => isRestarted(replica), { what: 'the replica to be restarted', ...PATIENCE })
          await whenRouted()
          recoveredMs = lastStartOf(load)
          await load.untilServed(load.served + 300, PATIENCE)
        })
        const { lost } = result.load
        expect
          .soft(
            lost.filter(({ startedMs }) => startedMs > recoveredMs),
            formatLoadReport(result.load),
          )
          .toEqual([])
        expect(result).toMatchObject({ missing: [], restarts: 1 })
      },
    )

    it.skipIf(RESTART === undefined)(
      'lose nothing when the database is restarted during a rollout (needs LASTCALL_POSTGRESQL_RESTART)',
      async () => {
        const scene = { ...SCENE, databaseUrl: DATABASE_URL!, acceptsUnavailable: true, timeoutMs: 30_000 }
        const result = await runUnderLoad(scene, async ({ replicas }) => {
          await replicas.rollOut({ onReady: restartDatabase })
          await restartDatabase()
        })
        const { lost, records } = result.load
        expect.soft(lost, formatLoadReport(result.load)).toEqual([])
        expect.soft(result.exits.filter(isUnclean)).toEqual([])
        expect(result).toMatchObject({ missing: [], restarts: 0 })
        expect(records.filter(({ status }) => status === 503).length).toBeGreaterThan(0)
      },
    )
  },
)

function isRestarted({ pod }: Replica): boolean {
  return pod.containers.every(({ restartCount, ready }) => restartCount === 1 && ready)
}

/** When the latest of the requests began that have ended by now. */
function lastStartOf(load: Load): number {
  return Math.max(...load.report().records.map(({ startedMs }) => startedMs))
}
