import type { Workload } from '@lastcall/kubelet'
import { type Load, type LoadReport, startLoad, waitUntil } from '@lastcall/testing'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StartBalancer } from './balancers/balancer.ts'
import { createSchema } from './database.ts'
import { createHosts } from './hosts/hosts.ts'
import { createReplicas, type Replicas } from './replicas/create-replicas.ts'
import { DEPLOYMENT, PORTS } from './replicas/orders-pod.ts'
import { openLoopTraffic, type TrafficOptions } from './traffic.ts'

const REPLICAS = 3
/** Three that serve, three that start, and those of one or two rollouts before that still stop. */
const HOSTS = 4 * REPLICAS

/** A machine may be busy: nothing here depends on how long a step takes. */
export const PATIENCE = { timeoutMs: 120_000 } as const
const COMPILE_CACHE = join(tmpdir(), 'lastcall-rollouts-compile-cache')

/** What runs, and in front of it. */
export interface SceneOptions extends Pick<TrafficOptions, 'acceptsUnavailable' | 'timeoutMs'> {
  readonly startBalancer: StartBalancer
  readonly databaseUrl: string
  /** For the replicas. */
  readonly env: Readonly<Record<string, string>>
  /** @default the Deployment of k8s/base */
  readonly workload?: Workload
}

/** Three replicas behind a balancer, under load. */
export interface Scene {
  readonly replicas: Replicas
  readonly load: Load
  /** Resolves when the balancer sends requests to exactly those that are meant to serve. */
  whenRouted(): Promise<void>
}

/** What became of every request, every order and every process. */
export interface SceneResult {
  readonly load: LoadReport
  readonly acknowledged: number
  /** Acknowledged orders that are not in the database. */
  readonly missing: readonly string[]
  readonly exits: Replicas['exits']
  readonly restarts: number
  readonly hosts: string
}

/** Sets the scene, puts load on it, lets `act` happen, and then asks for every order that was acknowledged. */
export async function runUnderLoad(options: SceneOptions, act: (scene: Scene) => Promise<void>): Promise<SceneResult> {
  const { startBalancer, databaseUrl, env, workload = DEPLOYMENT, ...trafficOptions } = options
  await using hosts = await createHosts(HOSTS)
  await using schema = await createSchema(databaseUrl)
  await using balancer = await startBalancer({ addresses: hosts.addresses, ...PORTS })
  const database = await hosts.reach(Number(new URL(databaseUrl).port || 5432))
  await using replicas = createReplicas({
    ...{ count: REPLICAS, hosts, balancer, workload },
    // Each start of the same program is quicker for what the one before has compiled.
    env: { DATABASE_URL: schema.urlBy(database), NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  })

  const routed = balancer.routed?.bind(balancer)
  async function whenRouted(): Promise<void> {
    if (!routed) return
    const wanted = () => replicas.current.map(({ slot }) => slot).sort(byNumber)
    await waitUntil(async () => String([...(await routed())].sort(byNumber)) === String(wanted()), {
      what: 'the balancer to send requests to the replicas',
      ...PATIENCE,
    })
  }

  await replicas.start()
  await whenRouted()
  const acknowledged = new Set<string>()
  const { connections } = balancer
  const load = startLoad({
    url: balancer.url,
    traffic: openLoopTraffic({ connections, acknowledged, ...trafficOptions }),
  })
  try {
    await load.untilServed(100, PATIENCE)
    await act({ replicas, load, whenRouted })
    await load.untilServed(load.served + 100, PATIENCE)
    await replicas.settled()
  } finally {
    await load.stop()
  }
  const kept = await exportOrders(`http://${hosts.addresses[replicas.current[0]?.slot ?? 0]}:${PORTS.port}`)
  return {
    load: load.report(),
    acknowledged: acknowledged.size,
    missing: [...acknowledged].filter((id) => !kept.has(id)),
    exits: [...replicas.exits],
    restarts: replicas.restarts,
    hosts: hosts.kind,
  }
}

const byNumber = (a: number, b: number): number => a - b

/** The ids of all orders. */
async function exportOrders(url: string): Promise<Set<string>> {
  const response = await fetch(`${url}/orders/export`)
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  return new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id))
}
