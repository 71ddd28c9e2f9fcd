/** Why a shutdown began. The first reason wins and travels into the state and the report. */
export interface ShutdownReason {
  readonly kind: 'signal' | 'manual' | 'uncaughtException' | 'unhandledRejection' | 'startFailed'
  /** The signal's name, the caller's words, or the error's message. */
  readonly text: string
  readonly error?: unknown
}
