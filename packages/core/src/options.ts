import type { Clock } from './ports/clock.ts'
import type { ProcessPort } from './ports/process.ts'
import type { PlatformName } from './platform/presets.ts'
import type { Details } from './probes/probe.ts'

/** A logger as pino, Fastify and most others have it. */
export interface Logger {
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

/** How long the service goes on serving after the signal, while the platform stops routing to it. */
export interface LameDuckOptions {
  /** At least this long, in milliseconds. @default the platform's propagation time; 0 for Ctrl-C in a terminal */
  readonly minMs?: number
  /** Then until no new connection has come for this long, in milliseconds. @default 1000, or 0 when `minMs` is 0 */
  readonly quietMs?: number
  /** But never longer than this, in milliseconds. @default minMs + 2 * quietMs */
  readonly maxMs?: number
}

/** Exit codes. */
export interface ExitOptions {
  /** All went well. @default 0 */
  readonly success?: number
  /** Something failed or was cut. @default 1 */
  readonly failure?: number
}

/** Options of `createLifecycle`; every one has a default. */
export interface LifecycleOptions {
  /** What logs and reports call the service. @default 'service' */
  readonly name?: string
  /** Where it runs; decides grace period and lame duck. @default detected */
  readonly platform?: PlatformName
  /** From the signal to the kill, in milliseconds. @default the platform's own default */
  readonly gracePeriodMs?: number
  readonly lameDuck?: LameDuckOptions
  /** How long hooks of the phase `announce` may hold up the drain, in milliseconds. @default a tenth of what the margin leaves, at most 2000 */
  readonly announceTimeoutMs?: number
  /** How long in-flight work may take after the lame duck, in milliseconds. @default what the other phases leave */
  readonly drainTimeoutMs?: number
  /** How long components may take to stop, in milliseconds. @default a fifth of what the margin leaves, at most 5000 */
  readonly closeTimeoutMs?: number
  /** How long logs, metrics and traces may take, in milliseconds. @default a tenth of what the margin leaves, at most 2000 */
  readonly flushTimeoutMs?: number
  /** Kept free before the kill, in milliseconds. @default a tenth of the grace period, at least 1000 */
  readonly marginMs?: number
  /** What readiness says while draining: `serve` keeps 200 for the last-endpoint fallback (KEP-1669). @default 'fail' */
  readonly readinessWhileDraining?: 'fail' | 'serve'
  /** Who sees the output and data of checks. @default 'never' */
  readonly details?: Details
  /** Signals that begin a shutdown; `false` leaves signals and uncaught errors to the host. @default ['SIGTERM', 'SIGINT', 'SIGHUP'] */
  readonly signals?: readonly string[] | false
  /** Whether, and with what code, the process ends after the shutdown. @default true */
  readonly exit?: boolean | ExitOptions
  /** Where it logs. @default silent, with warnings through `process.emitWarning` */
  readonly logger?: Logger
  /** @default the system's clock */
  readonly clock?: Clock
  /** @default the Node process */
  readonly process?: ProcessPort
}

/** The options as the engine uses them: every default applied, the budget checked. */
export interface ResolvedOptions {
  readonly name: string
  readonly platform: PlatformName
  readonly gracePeriodMs: number
  readonly marginMs: number
  /** The one deadline: grace period less margin. */
  readonly deadlineMs: number
  readonly lameDuck: Required<LameDuckOptions>
  readonly announceTimeoutMs: number
  readonly drainTimeoutMs: number
  readonly closeTimeoutMs: number
  readonly flushTimeoutMs: number
  readonly readinessWhileDraining: 'fail' | 'serve'
  readonly details: Details
  readonly signals: readonly string[] | false
  readonly exit: Required<ExitOptions> | false
}
