import {
  createLifecycle,
  isLastcallError,
  type LifecycleOptions,
  type PlatformName,
  type ResolvedOptions,
} from '@lastcall/core'
import type { BudgetTerms } from './budget.ts'

/** What a grace period that is searched for is a multiple of. */
const STEP_MS = 5000

/**
 * The terms that a lifecycle of these options makes of the time after the signal. Where they do not fit, those that it
 * makes of the first longer time that they do. Throws `LASTCALL_INVALID_OPTION`.
 */
export function resolveTerms(
  options: LifecycleOptions,
  platform: PlatformName,
  { windowMs, preStopMs }: { readonly windowMs: number; readonly preStopMs: number },
): BudgetTerms {
  let triedMs = windowMs
  let resolved = tryOptions({ ...options, platform, gracePeriodMs: triedMs })
  while (resolved === undefined) {
    triedMs = (Math.floor(triedMs / STEP_MS) + 1) * STEP_MS
    resolved = tryOptions({ ...options, platform, gracePeriodMs: triedMs })
  }
  const { lameDuck, announceTimeoutMs, drainTimeoutMs, closeTimeoutMs, flushTimeoutMs, marginMs } = resolved
  return {
    preStopMs,
    lameDuckMinMs: lameDuck.minMs,
    // What announces the end runs beside the lame duck, and the drain waits for both.
    lameDuckMs: Math.max(lameDuck.maxMs, announceTimeoutMs),
    drainMs: drainTimeoutMs,
    closeMs: closeTimeoutMs,
    flushMs: flushTimeoutMs,
    marginMs,
  }
}

/** What the lifecycle itself makes of the options; `undefined` where it refuses the sum. */
function tryOptions(options: LifecycleOptions): ResolvedOptions | undefined {
  try {
    const lifecycle = createLifecycle({ ...options, signals: false, exit: false })
    lifecycle.dispose()
    return lifecycle.options
  } catch (error) {
    if (isLastcallError(error) && error.code === 'LASTCALL_BUDGET_EXCEEDED') return undefined
    throw error
  }
}
