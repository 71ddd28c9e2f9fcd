import { messageOf } from '../errors/message-of.ts'
import type { ResolvedOptions } from '../options.ts'
import type { ShutdownReason } from '../shutdown/reason.ts'
import type { Work } from '../shutdown/work.ts'
import type { Outcome } from '../state.ts'
import type { HookReport, PhaseReport, Rung, ShutdownReport } from './report.ts'

/** A report that is being written. */
export interface DraftReport {
  readonly startedAt: number
  readonly reason: ShutdownReason
  readonly phases: PhaseReport[]
  readonly hooks: HookReport[]
  readonly cut: Work[]
  readonly escalations: { atMs: number; rung: Rung; by: string }[]
  /** Notes something that failed; the exit code will tell. */
  fail(error: unknown): void
  /** The report as it stands; `forcedCode` when the process is forced to end. */
  finish(now: number, forcedCode?: number): ShutdownReport
}

/** Begins the report of a shutdown. */
export function draftReport(
  options: ResolvedOptions,
  reason: ShutdownReason,
  startedAt: number,
  inFlight: readonly Work[],
): DraftReport {
  const phases: PhaseReport[] = []
  const hooks: HookReport[] = []
  const cut: Work[] = []
  const escalations: DraftReport['escalations'] = []
  const errors: string[] = []
  const codes = options.exit || { success: 0, failure: 1 }

  function outcome(forced: boolean): Outcome {
    if (forced) return 'forced'
    if (cut.length > 0) return 'cut'
    return errors.length > 0 || hooks.some((hook) => hook.outcome !== 'ok') ? 'failed' : 'clean'
  }

  return {
    startedAt,
    reason,
    phases,
    hooks,
    cut,
    escalations,
    fail: (error) => void errors.push(messageOf(error)),
    finish(now, forcedCode) {
      const ended = outcome(forcedCode !== undefined)
      return {
        name: options.name,
        reason: { kind: reason.kind, text: reason.text },
        outcome: ended,
        exitCode: forcedCode ?? (ended === 'clean' ? codes.success : codes.failure),
        startedAt,
        durationMs: now - startedAt,
        deadlineMs: options.deadlineMs,
        phases: [...phases],
        hooks: [...hooks],
        inFlight,
        cut: [...cut],
        escalations: [...escalations],
        errors: [...errors],
      }
    },
  }
}
