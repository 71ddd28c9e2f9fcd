import type {
  CheckSnapshot,
  HookReport,
  Phase,
  PhaseReport,
  ProbeKind,
  ShutdownReport,
  StateName,
  Work,
} from '@lastcall/core'

/** What the page shows of one moment. Plain data; times are epoch milliseconds unless they say otherwise. */
export interface LiveView {
  readonly at: number
  readonly state: StateName
  readonly probes: Readonly<Record<ProbeKind, string>>
  readonly checks: readonly Pick<CheckSnapshot, 'name' | 'status' | 'probes' | 'critical'>[]
  readonly inFlight: { readonly count: number; readonly oldest: readonly Work[] }
  readonly connections: number
  readonly orders: OrdersView
  readonly shutdown: ShutdownView | undefined
}

/** The queue. */
export interface OrdersView {
  /** Orders that no worker has finished, in the whole database; `undefined` until it was asked. */
  readonly pending: number | undefined
  /** The number of the newest order. */
  readonly newest: number | undefined
  /** Written by this process. */
  readonly created: number
  /** Processed by this process. */
  readonly processed: number
}

/** A shutdown as it happens. */
export interface ShutdownView {
  readonly reason: string
  readonly startedAt: number
  readonly deadlineMs: number
  readonly phases: readonly PhaseView[]
  readonly steps: readonly StepView[]
}

/** A phase that has begun; what it took is known once it is over. */
export type PhaseView = Pick<PhaseReport, 'phase' | 'startedMs' | 'budgetMs'> &
  Partial<Pick<PhaseReport, 'durationMs' | 'timedOut'>>

/** A hook, a component that stops, or a server that drains. */
export interface StepView {
  readonly name: string
  readonly phase: Phase
  readonly startedMs: number
  readonly durationMs?: number
  readonly outcome?: HookReport['outcome']
}

/** One second of the history. */
export interface Sample {
  readonly at: number
  readonly state: StateName
  /** Status of each probe and each check, by its name. */
  readonly status: Readonly<Record<string, string>>
  readonly inFlight: number
  readonly connections: number
  readonly pending: number | undefined
  readonly processed: number
}

/** What the page needs to know once. */
export interface Hello {
  readonly name: string
  readonly pid: number
  readonly startedAt: number
  readonly deadlineMs: number
  readonly lameDuckMs: number
  /** What each phase may take. */
  readonly budgets: readonly { readonly phase: Phase; readonly budgetMs: number }[]
  readonly history: readonly Sample[]
}

/** The report without the messages of errors, which belong into the log. */
export type PublicReport = Pick<
  ShutdownReport,
  'outcome' | 'exitCode' | 'startedAt' | 'durationMs' | 'deadlineMs' | 'phases' | 'inFlight' | 'cut'
>

/** What comes through the stream, each under its name. */
export interface LiveMessages {
  hello: Hello
  view: LiveView
  sample: Sample
  /** The last one, when the shutdown is over. */
  end: PublicReport
}
