import type { DrillResult, RunResult } from '../drill/result.ts'
import type { BudgetTerms } from './budget.ts'
import { resolveTerms } from './resolve-terms.ts'
import { windowMs } from './window.ts'

/** What a drill measured. */
export interface Measured {
  readonly terms: BudgetTerms
  readonly requestMs?: number
}

/**
 * The longest that each part took in the runs that a stop ended; `undefined` where there is none that ended by itself.
 * From outside, the drain, the close and the flush are one: all of it counts as the drain.
 */
export function measureTerms(result: DrillResult): Measured | undefined {
  const { gracePeriodMs, preStopMs } = result.settings
  const runs = result.runs.filter(({ scenario, exitSignal }) => scenario === 'terminate' && exitSignal === null)
  if (runs.length === 0) return undefined
  const closed = runs.map((run) => Math.ceil(closedMs(run)))
  const drained = runs.map((run) => Math.ceil(run.exitMs - closedMs(run)))
  const slowest = runs.flatMap(({ latency }) =>
    [latency.before.p999Ms, latency.during.p999Ms].filter((ms) => ms !== null),
  )
  // The margin is the lifecycle's: a part of the time after the signal, whatever the other parts are.
  const { marginMs } = resolveTerms({}, 'local', { windowMs: windowMs(gracePeriodMs, preStopMs), preStopMs })
  return {
    terms: {
      ...{ preStopMs, lameDuckMinMs: Math.min(...closed), lameDuckMs: Math.max(...closed) },
      ...{ drainMs: Math.max(...drained), closeMs: 0, flushMs: 0, marginMs },
    },
    ...(slowest.length > 0 && { requestMs: Math.max(...slowest) }),
  }
}

/** Where nobody saw the listener close, it was open until the exit. */
function closedMs({ timeline, exitMs }: RunResult): number {
  return Math.min(timeline.find(({ kind }) => kind === 'listenerClosed')?.atMs ?? exitMs, exitMs)
}
