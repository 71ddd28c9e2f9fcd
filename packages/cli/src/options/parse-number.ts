import { invalidOption } from './invalid-option.ts'

/** A whole number of at least `least`. */
export function parseCount(option: string, text: string, least = 1): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least) throw invalidOption(option, text, `a whole number, ${least} or more`)
  return value
}

/** A share of all: `0.05` or `5%`. */
export function parseShare(option: string, text: string): number {
  const [, amount = '', percent] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? []
  const value = Number(amount) / (percent ? 100 : 1)
  if (amount === '' || value > 1) throw invalidOption(option, text, 'a share such as 5% or 0.05')
  return value
}
