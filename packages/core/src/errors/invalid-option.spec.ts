import { describe, expect, it } from 'vitest'
import { checkMs, invalidOption } from './invalid-option.ts'

describe('invalidOption', () => {
  it.each([
    ['a text in quotes', 'eks', "Option platform is 'eks': pass one of local, kubernetes."],
    ['a number as it is', 7, 'Option platform is 7: pass one of local, kubernetes.'],
    ['nothing as undefined', undefined, 'Option platform is undefined: pass one of local, kubernetes.'],
  ])('names the option, what came and what to pass: %s', (_, value, message) => {
    const error = invalidOption('platform', value, 'one of local, kubernetes')
    expect(error.message).toBe(message)
    expect(error.code).toBe('LASTCALL_INVALID_OPTION')
  })
})

describe('checkMs', () => {
  it.each([0, 0.5, 2 ** 40])('gives %d back', (value) => {
    expect(checkMs('timeoutMs', value)).toBe(value)
  })

  it.each([-1, NaN, Infinity, '5', null])('refuses %o', (value) => {
    expect(() => checkMs('timeoutMs', value as number)).toThrow('pass a number of milliseconds, 0 or more.')
  })

  it('refuses what is less than the least', () => {
    expect(checkMs('timeoutMs', 10, 10)).toBe(10)
    expect(() => checkMs('timeoutMs', 9, 10)).toThrow(
      'Option timeoutMs is 9: pass a number of milliseconds, 10 or more.',
    )
  })
})
