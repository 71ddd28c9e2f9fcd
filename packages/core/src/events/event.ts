import type { CheckStatus, ProbeKind } from '../checks/check.ts'
import type { HookReport, Rung, ShutdownReport } from '../report/report.ts'
import type { HookPhase, Phase } from '../shutdown/phases.ts'
import type { ShutdownReason } from '../shutdown/reason.ts'
import type { Work } from '../shutdown/work.ts'
import type { LifecycleState } from '../state.ts'

/** What each event carries. Work that takes time comes as a pair of `begin` and `end`. */
export interface EventPayloads {
  'state:change': { from: LifecycleState; to: LifecycleState }
  'start:begin': object
  'start:end': { durationMs: number; error?: unknown }
  'component:start:begin': { component: string }
  'component:start:end': { component: string; durationMs: number; error?: unknown }
  'component:stop:begin': { component: string; phase: HookPhase }
  'component:stop:end': { component: string } & Omit<HookReport, 'name'>
  'check:begin': { check: string }
  'check:end': { check: string; durationMs: number; status: CheckStatus; output?: string; error?: unknown }
  'check:change': { check: string; from: CheckStatus | 'pending'; to: CheckStatus; output?: string }
  'probe:change': { probe: ProbeKind; from: CheckStatus | undefined; to: CheckStatus }
  'signal:receive': { signal: string }
  'escalation:climb': { rung: Rung; by: string }
  'shutdown:begin': { reason: ShutdownReason; deadlineMs: number }
  'shutdown:end': { report: ShutdownReport }
  'phase:begin': { phase: Phase; budgetMs: number }
  'phase:end': { phase: Phase; durationMs: number; timedOut: boolean }
  'hook:begin': { hook: string; phase: HookPhase }
  'hook:end': { hook: string } & Omit<HookReport, 'name'>
  'drain:begin': { drainable: string; inFlight: readonly Work[] }
  'drain:end': { drainable: string; durationMs: number; cut: readonly Work[] }
  'hold:begin': { hold: string }
  'hold:end': { hold: string; durationMs: number }
  'error:uncaught': { error: unknown; origin: 'uncaughtException' | 'unhandledRejection' }
  'lifecycle:dispose': object
  warning: { code: string; message: string }
}

/** The name of an event; its diagnostics channel is `lastcall:` and this name. */
export type EventType = keyof EventPayloads

/** Everything that happens, as one closed union: `switch (event.type)`. */
export type LifecycleEvent = {
  [Type in EventType]: { readonly type: Type; readonly lifecycle: string; readonly at: number } & Readonly<
    EventPayloads[Type]
  >
}[EventType]

/** Called for each event. What it throws is reported as a warning and stops nothing. */
export type LifecycleListener = (event: LifecycleEvent) => void
