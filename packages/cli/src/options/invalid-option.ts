import { LastcallError } from '@lastcall/core'

/** The one shape of "this option is wrong": what it is, what came, what to pass instead. */
export function invalidOption(option: string, value: string, expected: string): LastcallError {
  return new LastcallError('LASTCALL_INVALID_OPTION', `Option ${option} is '${value}': pass ${expected}.`)
}
