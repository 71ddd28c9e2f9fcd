import type { CheckSnapshot, CheckStatus } from '@lastcall/core'
import type { Block } from './block-recorder.ts'
import { HEARTBEAT_MS } from './heartbeat.ts'
import type { BlockedThresholds } from './probe-options.ts'

/** The name under which a probe shows the event loop. */
export const EVENT_LOOP_CHECK = 'event-loop'

/**
 * The event loop as a check of liveness and one of readiness, of the same name: each fails past a threshold of its
 * own, and warns past `reportMs`. `at` is the time on the lifecycle's clock.
 */
export function blockedChecks(block: Block, at: number, thresholds: BlockedThresholds): readonly CheckSnapshot[] {
  const { reportMs, readinessMs, livenessMs } = thresholds
  return [check('liveness', livenessMs), check('readiness', readinessMs)]

  function check(probe: 'liveness' | 'readiness', failMs: number): CheckSnapshot {
    const base = { name: EVENT_LOOP_CHECK, probes: [probe], critical: true, observedAt: at }
    const status = statusAt(block.blockedMs, failMs, reportMs)
    return status === 'pass' ? { ...base, status } : { ...base, status, output: describeBlock(block) }
  }
}

/** `blocked for 3200 ms in parse (file.ts:10)`, as exact as a heartbeat is. */
export function describeBlock({ blockedMs, where }: Block): string {
  const ms = Math.round(blockedMs / HEARTBEAT_MS) * HEARTBEAT_MS
  return `blocked for ${ms} ms${where === undefined ? '' : ` in ${where}`}`
}

function statusAt(blockedMs: number, failMs: number, reportMs: number): CheckStatus {
  if (blockedMs >= failMs) return 'fail'
  return blockedMs >= reportMs ? 'warn' : 'pass'
}
