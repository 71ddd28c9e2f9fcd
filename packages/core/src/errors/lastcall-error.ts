/** Every code an error or a warning of this project can carry; `docs/errors.md` says what to do about each. */
export const ERROR_CODES = [
  'LASTCALL_INVALID_OPTION',
  'LASTCALL_BUDGET_EXCEEDED',
  'LASTCALL_DUPLICATE_NAME',
  'LASTCALL_UNKNOWN_DEPENDENCY',
  'LASTCALL_DEPENDENCY_CYCLE',
  'LASTCALL_PHASE_ORDER',
  'LASTCALL_SHARED_LIVENESS',
  'LASTCALL_START_FAILED',
  'LASTCALL_START_ABORTED',
  'LASTCALL_ALREADY_STARTED',
  'LASTCALL_SHUTTING_DOWN',
  'LASTCALL_TIMEOUT',
  'LASTCALL_LISTENER_FAILED',
  'LASTCALL_KEEP_ALIVE_RACE',
  'LASTCALL_ALREADY_ATTACHED',
  'LASTCALL_PROBE_PORT',
  'LASTCALL_EVENT_LOOP_BLOCKED',
  'LASTCALL_INVALID_SPEC',
  'LASTCALL_INVALID_MANIFEST',
  'LASTCALL_NOT_ATTACHED',
  'LASTCALL_SHUTDOWN_FAILED',
  'LASTCALL_RIVAL_SHUTDOWN',
] as const

/** The code of a {@link LastcallError}. */
export type ErrorCode = (typeof ERROR_CODES)[number]

const brand = Symbol.for('lastcall.error')

/**
 * The one error class. The message names the subject first and ends with what to change;
 * `code` is stable and documented.
 */
export class LastcallError extends Error {
  override readonly name = 'LastcallError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Tells a {@link LastcallError}, also one of another copy of this package. */
export function isLastcallError(error: unknown): error is LastcallError {
  return typeof error === 'object' && error !== null && brand in error
}
