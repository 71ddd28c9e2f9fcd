import type { CheckSnapshot } from '@lastcall/core'
import type { Stall } from './loop-watch.ts'

/**
 * Results age only while the event loop runs: a check that could not run has not become worse. Each result from
 * before a stall stays good for as much longer as the stall lasted, so that its check comes first.
 */
export function excuseStalls(checks: readonly CheckSnapshot[], stalls: readonly Stall[]): readonly CheckSnapshot[] {
  if (stalls.length === 0) return checks
  return checks.map((check) => {
    const { observedAt, staleAt } = check
    if (observedAt === undefined || staleAt === undefined) return check
    const missed = stalls.filter(({ endedAt }) => endedAt > observedAt)
    return { ...check, staleAt: missed.reduce((sum, { durationMs }) => sum + durationMs, staleAt) }
  })
}
