import { describe, expect, it } from 'vitest'
import { ERROR_CODES, isLastcallError, LastcallError } from './lastcall-error.ts'

describe('LastcallError', () => {
  it('is an error with a name, a code, a message and a cause', () => {
    const cause = new Error('refused')
    const error = new LastcallError('LASTCALL_START_FAILED', 'the start failed', { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'LastcallError',
      code: 'LASTCALL_START_FAILED',
      message: 'the start failed',
      cause,
    })
    expect(String(error)).toBe('LastcallError: the start failed')
  })

  it('shows nothing of its brand', () => {
    expect(Object.keys(new LastcallError('LASTCALL_TIMEOUT', 'late'))).toEqual(['name', 'code'])
  })
})

describe('ERROR_CODES', () => {
  it('names each code once, in one form', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length)
    expect(ERROR_CODES.filter((code) => !/^LASTCALL_[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([])
  })
})

describe('isLastcallError', () => {
  it('tells one of our own', () => {
    expect(isLastcallError(new LastcallError('LASTCALL_TIMEOUT', 'late'))).toBe(true)
  })

  it('tells one of another copy of this package', async () => {
    const copy = (await import(`./lastcall-error.ts?${'copy'}`)) as typeof import('./lastcall-error.ts')
    const error = new copy.LastcallError('LASTCALL_TIMEOUT', 'late')
    expect(error).not.toBeInstanceOf(LastcallError)
    expect(isLastcallError(error)).toBe(true)
  })

  it.each([new Error('late'), { code: 'LASTCALL_TIMEOUT' }, 'LASTCALL_TIMEOUT', null, undefined])(
    'takes %o for something else',
    (error) => {
      expect(isLastcallError(error)).toBe(false)
    },
  )
})
