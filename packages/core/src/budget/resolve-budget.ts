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

/**
 * Divides the grace period: what the user did not set follows from the platform, and the drain gets what is left.
 * Throws `LASTCALL_BUDGET_EXCEEDED`, showing the sum, when it cannot fit.
 */
export function resolveBudget(name: string, platform: PlatformName, options: LifecycleOptions): Budget {
  const preset: PlatformPreset = PRESETS[platform]
  const gracePeriodMs = checkMs('gracePeriodMs', options.gracePeriodMs ?? preset.gracePeriodMs, 1)
  const marginMs = checkMs('marginMs', options.marginMs ?? Math.max(1000, gracePeriodMs / 10))
  const deadlineMs = gracePeriodMs - marginMs

  const minMs = checkMs('lameDuck.minMs', options.lameDuck?.minMs ?? preset.propagationMs)
  const quietMs = checkMs('lameDuck.quietMs', options.lameDuck?.quietMs ?? (minMs > 0 ? QUIET_MS : 0))
  const maxMs = checkMs('lameDuck.maxMs', options.lameDuck?.maxMs ?? minMs + 2 * quietMs, minMs)

  const share = (part: number, mostMs: number) => Math.max(0, Math.min(deadlineMs * part, mostMs))
  const announceTimeoutMs = checkMs('announceTimeoutMs', options.announceTimeoutMs ?? share(0.1, 2000))
  const closeTimeoutMs = checkMs('closeTimeoutMs', options.closeTimeoutMs ?? share(0.2, 5000))
  const flushTimeoutMs = checkMs('flushTimeoutMs', options.flushTimeoutMs ?? share(0.1, 2000))

  const announceMs = Math.max(maxMs, announceTimeoutMs)
  const leftMs = deadlineMs - announceMs - closeTimeoutMs - flushTimeoutMs
  const leastDrainMs = Math.min(1000, Math.max(1, deadlineMs / 10))
  const drainTimeoutMs = checkMs('drainTimeoutMs', options.drainTimeoutMs ?? Math.max(leftMs, leastDrainMs))

  if (drainTimeoutMs > leftMs) {
    const neededMs = announceMs + drainTimeoutMs + closeTimeoutMs + flushTimeoutMs + marginMs
    const sum = `lame duck ${announceMs} + drain ${drainTimeoutMs} + close ${closeTimeoutMs} + flush ${flushTimeoutMs} + margin ${marginMs}`
    throw new LastcallError(
      'LASTCALL_BUDGET_EXCEEDED',
      `The shutdown of '${name}' does not fit on platform '${platform}': ${sum} = ${neededMs} ms, ` +
        `but gracePeriodMs is ${gracePeriodMs}. Shorten a phase, or allow ${sufficientSeconds(neededMs - marginMs, options.marginMs)} s ` +
        `in the platform's configuration (terminationGracePeriodSeconds on Kubernetes) and pass the same as gracePeriodMs.`,
    )
  }
  return {
    gracePeriodMs,
    marginMs,
    deadlineMs,
    lameDuck: { minMs, quietMs, maxMs },
    announceTimeoutMs,
    drainTimeoutMs,
    closeTimeoutMs,
    flushTimeoutMs,
  }
}

/** A round grace period that holds `workMs`, with the margin that such a grace period has. */
function sufficientSeconds(workMs: number, marginMs: number | undefined): number {
  const neededMs = marginMs === undefined ? Math.max(workMs / 0.9, workMs + 1000) : workMs + marginMs
  return Math.ceil(neededMs / 5000) * 5
}
