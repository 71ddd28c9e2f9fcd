import type { HookPhase, Phase } from '../shutdown/phases.ts'
import type { ShutdownReason } from '../shutdown/reason.ts'
import type { Work } from '../shutdown/work.ts'
import type { Outcome } from '../state.ts'

/** How one phase went. */
export interface PhaseReport {
  readonly phase: Phase
  /** Milliseconds from the start of the shutdown to the start of this phase. */
  readonly startedMs: number
  readonly durationMs: number
  /** What it was allowed, in milliseconds. */
  readonly budgetMs: number
  readonly timedOut: boolean
}

/** How one hook, or one component's `stop`, went. */
export interface HookReport {
  readonly name: string
  readonly phase: HookPhase
  readonly durationMs: number
  /** `abandoned`: it had not ended at its timeout, and the shutdown went on without it. */
  readonly outcome: 'ok' | 'failed' | 'abandoned'
  readonly error?: string
}

/** What a shutdown leaves behind. Plain data: it survives `JSON.stringify`. */
export interface ShutdownReport {
  readonly name: string
  readonly reason: Omit<ShutdownReason, 'error'>
  readonly outcome: Outcome
  readonly exitCode: number
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly durationMs: number
  /** The one deadline, in milliseconds from the start of the shutdown. */
  readonly deadlineMs: number
  readonly phases: readonly PhaseReport[]
  readonly hooks: readonly HookReport[]
  /** What was still in flight when the signal came. */
  readonly inFlight: readonly Work[]
  /** What did not finish by the deadline. */
  readonly cut: readonly Work[]
  /** Signals that came after the first, and what each did. */
  readonly escalations: readonly { readonly atMs: number; readonly rung: Rung; readonly by: string }[]
  /** Messages of everything that failed. */
  readonly errors: readonly string[]
}

/** The rungs a further signal climbs. */
export type Rung = 'endLameDuck' | 'abort' | 'exit'
