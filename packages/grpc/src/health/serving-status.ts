import type { Lifecycle, ProbeKind } from '@lastcall/core'

/** What the health of a service is made of: a probe, or checks by their names. */
export type ServiceHealth = ProbeKind | readonly string[]

/** What each name that clients may ask for stands for. */
export type ServiceHealths = Readonly<Record<string, ServiceHealth>>

/** What grpc.health.v1 says of a service; `SERVICE_UNKNOWN` is for watchers alone. */
export type ServingStatus = 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN'

/** The names that are there without being asked for; `''` is the server as a whole. */
export const DEFAULT_SERVICES = {
  '': 'readiness',
  liveness: 'liveness',
  readiness: 'readiness',
  startup: 'startup',
} as const satisfies ServiceHealths

/**
 * What to say of a service now. A service that stands on checks is ready when the lifecycle is and each of them passes,
 * whether or not they are critical for the process; `UNKNOWN` when the lifecycle has no check of that name.
 */
export function servingStatus(lifecycle: Lifecycle, health: ServiceHealth): ServingStatus {
  if (typeof health === 'string') return lifecycle.probe(health).status === 'fail' ? 'NOT_SERVING' : 'SERVING'
  const { checks } = lifecycle.snapshot()
  const now = lifecycle.clock.now()
  const asked = health.map((name) => checks.find((check) => check.name === name))
  if (asked.includes(undefined)) return 'UNKNOWN'
  const passes = asked.every(
    (check) => (check?.status === 'pass' || check?.status === 'warn') && (check.staleAt ?? Infinity) > now,
  )
  return passes && isServing(lifecycle) ? 'SERVING' : 'NOT_SERVING'
}

function isServing({ state, options }: Lifecycle): boolean {
  return state.name === 'running' || (state.name === 'draining' && options.readinessWhileDraining === 'serve')
}
