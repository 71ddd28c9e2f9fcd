import { checkMs } from '../errors/invalid-option.ts'
import { LastcallError } from '../errors/lastcall-error.ts'
import type { LifecycleOptions, ResolvedOptions } from '../options.ts'
import { type PlatformName, type PlatformPreset, PRESETS } from '../platform/presets.ts'

/** The shares of the time between signal and kill, in milliseconds. */
export type Budget = Pick<
  ResolvedOptions,
  | 'gracePeriodMs'
  | 'marginMs'
  | 'deadlineMs'
  | 'lameDuck'
  | 'announceTimeoutMs'
  | 'drainTimeoutMs'
  | 'closeTimeoutMs'
  | 'flushTimeoutMs'
>

const QUIET_MS = 1000

/** What a suggested grace period is a multiple of. */
const STEP_MS = 5000

/**
 * Divides the grace period: what the user did not set follows from the platform, and the drain gets what is left.
 * Throws `LASTCALL_BUDGET_EXCEEDED`, showing the sum, when it cannot fit.
 */
export function resolveBudget(name: string, platform: PlatformName, options: LifecycleOptions): Budget {
  const gracePeriodMs = checkMs('gracePeriodMs', options.gracePeriodMs ?? PRESETS[platform].gracePeriodMs, 1)
  const budget = divide(gracePeriodMs, PRESETS[platform], options)
  const { lameDuck, announceTimeoutMs, drainTimeoutMs, closeTimeoutMs, flushTimeoutMs, marginMs } = budget
  if (neededMs(budget) <= gracePeriodMs) return budget

  const first = announceTimeoutMs > lameDuck.maxMs ? `announce ${announceTimeoutMs}` : `lame duck ${lameDuck.maxMs}`
  throw new LastcallError(
    'LASTCALL_BUDGET_EXCEEDED',
    `The shutdown of '${name}' does not fit on platform '${platform}': ${first} + drain ${drainTimeoutMs} + ` +
      `close ${closeTimeoutMs} + flush ${flushTimeoutMs} + margin ${marginMs} = ${neededMs(budget)} ms, ` +
      `but gracePeriodMs is ${gracePeriodMs}. Shorten a phase, or allow ${sufficientMs(budget, platform, options) / 1000} s ` +
      `on the platform (terminationGracePeriodSeconds on Kubernetes) and as gracePeriodMs.`,
  )
}

function divide(gracePeriodMs: number, preset: PlatformPreset, options: LifecycleOptions): Budget {
  const marginMs = checkMs('marginMs', options.marginMs ?? Math.max(1000, Math.ceil(gracePeriodMs / 10)))
  const deadlineMs = gracePeriodMs - marginMs

  const minMs = checkMs('lameDuck.minMs', options.lameDuck?.minMs ?? preset.propagationMs)
  const quietMs = checkMs('lameDuck.quietMs', options.lameDuck?.quietMs ?? (minMs > 0 ? QUIET_MS : 0))
  const maxMs = checkMs('lameDuck.maxMs', options.lameDuck?.maxMs ?? minMs + 2 * quietMs, minMs)

  const share = (part: number, mostMs: number) => Math.max(0, Math.min(Math.floor(deadlineMs * part), mostMs))
  const announceTimeoutMs = checkMs('announceTimeoutMs', options.announceTimeoutMs ?? share(0.1, 2000))
  const closeTimeoutMs = checkMs('closeTimeoutMs', options.closeTimeoutMs ?? share(0.2, 5000))
  const flushTimeoutMs = checkMs('flushTimeoutMs', options.flushTimeoutMs ?? share(0.1, 2000))

  const leftMs = deadlineMs - Math.max(maxMs, announceTimeoutMs) - closeTimeoutMs - flushTimeoutMs
  const leastDrainMs = Math.max(1, share(0.1, 1000))
  const drainTimeoutMs = checkMs('drainTimeoutMs', options.drainTimeoutMs ?? Math.max(leftMs, leastDrainMs))
  return {
    ...{ gracePeriodMs, marginMs, deadlineMs, lameDuck: { minMs, quietMs, maxMs } },
    ...{ announceTimeoutMs, drainTimeoutMs, closeTimeoutMs, flushTimeoutMs },
  }
}

/** From the signal to the kill, as the phases want it; whole, so that a sum of fractions does not fail by a hair. */
function neededMs(budget: Budget): number {
  const { lameDuck, announceTimeoutMs, drainTimeoutMs, closeTimeoutMs, flushTimeoutMs, marginMs } = budget
  const firstMs = Math.max(lameDuck.maxMs, announceTimeoutMs)
  return Math.floor(firstMs + drainTimeoutMs + closeTimeoutMs + flushTimeoutMs + marginMs)
}

/** A round grace period that the phases do fit: a longer one has longer shares too, so each step is tried. */
function sufficientMs(budget: Budget, platform: PlatformName, options: LifecycleOptions): number {
  const triedMs = Math.ceil(neededMs(budget) / STEP_MS) * STEP_MS
  const tried = divide(triedMs, PRESETS[platform], options)
  return neededMs(tried) > triedMs ? sufficientMs(tried, platform, options) : triedMs
}
