/** The probes, each under its name. */
export const PROBE_KINDS = ['liveness', 'readiness', 'startup'] as const

/** What a platform asks. */
export type ProbeKind = (typeof PROBE_KINDS)[number]

/** `pass` and `warn` answer 200, `fail` answers 503. */
export type CheckStatus = 'pass' | 'warn' | 'fail'

/** What a check may say beyond "nothing was thrown". */
export interface CheckOutcome {
  readonly status: CheckStatus
  /** Shown only to whom details are shown. */
  readonly output?: string
  /** Shown only to whom details are shown. */
  readonly data?: Readonly<Record<string, string | number | boolean>>
}

/** Runs one check: returns or resolves when all is well, throws when not. Must stop when `signal` aborts. */
export type CheckRun = (context: { readonly signal: AbortSignal }) => void | CheckOutcome | Promise<void | CheckOutcome>

/** How a check runs and what its failure means. Every field has a default. */
export interface CheckPolicy {
  /** From the end of one run to the start of the next, in milliseconds. @default 5000 */
  readonly intervalMs?: number
  /** How far each interval may differ, as a share of it, so that a fleet does not ask in step. @default 0.1 */
  readonly jitter?: number
  /** When a run is aborted and counts as failed, in milliseconds. @default 1000 */
  readonly timeoutMs?: number
  /** Successes in a row that turn a failing check to passing. @default 1 */
  readonly successThreshold?: number
  /** Failures in a row that turn a passing check to failing. @default 1 */
  readonly failureThreshold?: number
  /** Age at which a result counts as failing, in milliseconds, `intervalMs` or more. @default 3 * (intervalMs + timeoutMs) */
  readonly staleAfterMs?: number
  /** Whether a failure fails the probe; otherwise it is a warning and the probe stays green. @default true */
  readonly critical?: boolean
  /** Once it has succeeded, a failure is a warning: for what the whole fleet shares. @default false */
  readonly failOpen?: boolean
}

/** Which probes a check belongs to. A dependency that the whole fleet shares must never restart a process. */
export type CheckScope =
  | { readonly scope?: 'local'; readonly probes?: readonly ProbeKind[] }
  | { readonly scope: 'shared'; readonly probes?: readonly Exclude<ProbeKind, 'liveness'>[] }

/** One health check. It runs in the background, never inside a probe request. */
export type Check = CheckPolicy & CheckScope & { readonly name: string; readonly run: CheckRun }

/** A component's own check; it takes the component's name. */
export type ComponentCheck = CheckRun | (CheckPolicy & CheckScope & { readonly run: CheckRun })
