import { LastcallError } from '@lastcall/core'

/** Makes the error for a field of one subject: what it is, what came, what to give instead. */
export type Refuse = (field: string, value: unknown, expected: string) => LastcallError

/** Errors about `subject`, such as a probe; `container` is the one that it belongs to. */
export function createRefuse(subject: string, container?: string): Refuse {
  const owner = container === undefined ? '' : ` of container ${container}`
  return (field, value, expected) => {
    const path = [subject, field].filter(Boolean).join('.')
    const shown = typeof value === 'string' ? `'${value}'` : typeof value === 'number' ? value : JSON.stringify(value)
    return new LastcallError('LASTCALL_INVALID_SPEC', `${path}${owner} is ${shown}: ${expected}.`)
  }
}

/** A whole number as it came, or an error that names its field. */
export function checkWhole(refuse: Refuse, field: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value
  throw refuse(field, value, `give a whole number, ${least} or more`)
}
