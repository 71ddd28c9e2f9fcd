import { LastcallError, type ResolvedOptions } from '@lastcall/core'

/** How long connections are brought to their end. */
export interface SpreadOptions {
  /** Over how long their closes are spread, from the signal on, in milliseconds. @default the lame duck; what is left at its end is closed then */
  readonly spreadMs?: number
  /** How long a client may take from its close until it is gone, in milliseconds; then it is cut. @default 5000, or half of the drain where that is shorter */
  readonly closeTimeoutMs?: number
  /** A number from 0 to 1, for each close anew. @default Math.random */
  readonly random?: () => number
}

/** The options with every default applied. */
export interface ResolvedSpread {
  /** `undefined`: the lame duck. */
  readonly spreadMs: number | undefined
  readonly closeTimeoutMs: number
  readonly random: () => number
}

/** Long for a client that listens; one that has gone without a word would hold up the drain. */
const CLOSE_TIMEOUT_MS = 5000

/** Applies the defaults. Throws `LASTCALL_INVALID_OPTION`. */
export function resolveSpread(options: SpreadOptions, { drainTimeoutMs }: ResolvedOptions): ResolvedSpread {
  const { spreadMs, closeTimeoutMs = Math.min(CLOSE_TIMEOUT_MS, drainTimeoutMs / 2), random = Math.random } = options
  if (spreadMs !== undefined) checkMs('spreadMs', spreadMs)
  return { spreadMs, closeTimeoutMs: checkMs('closeTimeoutMs', closeTimeoutMs), random }
}

/** A number of milliseconds as it came, or an error that names the option. */
export function checkMs(option: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value
  throw invalidOption(option, value, 'a number of milliseconds, 0 or more')
}

/** The error for an option that is wrong. */
export function invalidOption(option: string, value: unknown, expected: string): LastcallError {
  const shown = typeof value === 'string' ? `'${value}'` : String(value)
  return new LastcallError('LASTCALL_INVALID_OPTION', `Option ${option} is ${shown}: pass ${expected}.`)
}
