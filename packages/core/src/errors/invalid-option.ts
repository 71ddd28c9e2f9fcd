import { LastcallError } from './lastcall-error.ts'

/** The one shape of "this option is wrong": what it is, what came, what to pass instead. */
export function invalidOption(option: string, value: unknown, expected: string): LastcallError {
  const shown = typeof value === 'string' ? `'${value}'` : String(value)
  return new LastcallError('LASTCALL_INVALID_OPTION', `Option ${option} is ${shown}: pass ${expected}.`)
}

/** A number of milliseconds as it came, or an error that names the option. */
export function checkMs(option: string, value: number, least = 0): number {
  if (typeof value !== 'number' || !(value >= least) || value === Infinity) {
    throw invalidOption(option, value, `a number of milliseconds, ${least} or more`)
  }
  return value
}
