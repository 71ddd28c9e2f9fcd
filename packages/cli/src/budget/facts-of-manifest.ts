import { LastcallError, PRESETS } from '@lastcall/core'
import type { ResolvedContainer, Workload } from '@lastcall/kubelet'
import type { BudgetFacts } from './budget.ts'

/** What a manifest says about one container of its pods; a field that it leaves out is Kubernetes' default. */
export function factsOfManifest(
  workload: Workload,
  { probes: { readiness, liveness } }: ResolvedContainer,
): Pick<BudgetFacts, 'gracePeriodMs' | 'redSeenMs' | 'livenessGraceMs' | 'rollout'> {
  const toMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000)
  return {
    gracePeriodMs: toMs(workload.terminationGracePeriodSeconds) ?? PRESETS.kubernetes.gracePeriodMs,
    redSeenMs: toMs(readiness && readiness.periodSeconds * readiness.failureThreshold + readiness.timeoutSeconds),
    livenessGraceMs: toMs(liveness?.terminationGracePeriodSeconds),
    rollout: rolloutOf(workload),
  }
}

/** How long its preStop takes. Throws `LASTCALL_INVALID_OPTION` where it is no sleep: nobody can know. */
export function preStopOf({ name, preStop }: ResolvedContainer): number {
  if (!preStop) return 0
  if (preStop.type === 'sleep') return preStop.seconds * 1000
  throw new LastcallError(
    'LASTCALL_INVALID_OPTION',
    `The preStop of container ${name} is an ${preStop.type}, which may take any time: say how long, as --pre-stop.`,
  )
}

function rolloutOf({ strategy, replicas }: Workload): BudgetFacts['rollout'] {
  if (!strategy) return undefined
  if (strategy.type === 'Recreate') return { replicas, unavailable: replicas }
  const { maxUnavailable: most } = strategy
  // Kubernetes rounds a share down.
  const unavailable = typeof most === 'number' ? most : Math.floor((Number.parseFloat(most) / 100) * replicas)
  return { replicas, unavailable }
}
