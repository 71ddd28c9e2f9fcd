import type { Lifecycle, LifecycleOptions } from '@lastcall/core'

/** What a health check is told. */
export interface TerminusState {
  isShuttingDown: boolean
}

/** Resolves, with information for the body if it likes, when all is well; rejects when not. */
export type HealthCheck = (context: { state: TerminusState }) => Promise<unknown>

/** A health check for each path, and how they answer. */
export type HealthCheckMap = {
  /** Puts what a check resolves with into the body itself, not under `info` and `details`. @default false */
  verbatim?: boolean
  /** Shows stack traces in the body of a failure. @default false */
  __unsafeExposeStackTraces?: boolean
  [path: string]: HealthCheck | boolean | undefined
}

/** Options of {@link createTerminus}: those of `@godaddy/terminus`, and `lifecycle`. */
export interface TerminusOptions {
  /** @default {} */
  healthChecks?: HealthCheckMap
  /** Whether the paths of health checks match in any case. @default false */
  caseInsensitive?: boolean
  /** How long what is in flight may take after `beforeShutdown`, in milliseconds, before it is cut. @default 1000 */
  timeout?: number
  /** @default 'SIGTERM' */
  signal?: string
  /** Further signals. @default [] */
  signals?: string[]
  /** Whether every health check fails from the signal on. @default true */
  sendFailuresDuringShutdown?: boolean
  /** @default 200 */
  statusOk?: number
  /** @default { status: 'ok' } */
  statusOkResponse?: Record<string, unknown>
  /** @default 503 */
  statusError?: number
  /** @default { status: 'error' } */
  statusErrorResponse?: Record<string, unknown>
  /** Whether the process exits with 0 at the end; otherwise it dies of the signal. @default false */
  useExit0?: boolean
  /** Called when what was in flight has ended: to clean up. */
  onSignal?: () => Promise<unknown>
  /** Called before each failure that is sent because of the shutdown. */
  onSendFailureDuringShutdown?: () => Promise<unknown>
  /** Called last, before the exit. */
  onShutdown?: () => Promise<unknown>
  /** Called at the signal; the server serves on until it has ended. */
  beforeShutdown?: () => Promise<unknown>
  /** Told of health checks and hooks that fail. */
  logger?: (message: string, error: Error) => void
  /** Added to every answer of a health check. @default {} */
  headers?: { [name: string]: string }
  /** @deprecated Use `onSignal`. */
  onSigterm?: () => Promise<unknown>
  /**
   * Has the shutdown be Lastcall's, with its defaults, probes and exit: a lifecycle, which you start, or the options
   * of one that is made and started here. @default the semantics of @godaddy/terminus
   */
  lifecycle?: Lifecycle | LifecycleOptions
}

/** The type of {@link createTerminus}. */
export type Terminus = <Server>(server: Server, options?: TerminusOptions) => Server
