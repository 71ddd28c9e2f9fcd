// For users.
export type {
  Check,
  CheckOutcome,
  CheckPolicy,
  CheckRun,
  CheckStatus,
  ComponentCheck,
  ProbeKind,
} from './checks/check.ts'
export type { Component } from './components/component.ts'
export { createLifecycle } from './create-lifecycle.ts'
export { type ErrorCode, isLastcallError, LastcallError } from './errors/lastcall-error.ts'
export type { EventType, LifecycleEvent, LifecycleListener } from './events/event.ts'
export type { Lifecycle } from './lifecycle.ts'
export type { ExitOptions, LameDuckOptions, LifecycleOptions, Logger } from './options.ts'
export type { PlatformName } from './platform/presets.ts'
export type { Details, ProbeCheck, ProbePaths, ProbeResult } from './probes/probe.ts'
export type { HookReport, PhaseReport, ShutdownReport } from './report/report.ts'
export { formatReport } from './report/format-report.ts'
export type { Hold } from './shutdown/hold.ts'
export type { Hook, HookContext, HookOptions } from './shutdown/hook.ts'
export type { HookPhase, Phase } from './shutdown/phases.ts'
export type { ShutdownReason } from './shutdown/reason.ts'
export type { Work } from './shutdown/work.ts'
export type { LifecycleState, Outcome, StateName } from './state.ts'

// For adapter authors.
export { PRESETS, type PlatformPreset } from './platform/presets.ts'
export type { Clock, Timer } from './ports/clock.ts'
export type { ProcessPort } from './ports/process.ts'
export type { ResolvedOptions } from './options.ts'
export { answerProbe, type AnswerOptions } from './probes/answer-probe.ts'
export { PROBE_PATHS } from './probes/parse-probe-url.ts'
export type { ProbeAnswer, ProbeRequest } from './probes/probe.ts'
export type { CheckSnapshot, ProbeSnapshot } from './probes/snapshot.ts'
export type { Drainable } from './shutdown/drainable.ts'
