import { describe, expect, it } from 'vitest'
import { given } from './given.ts'

describe('given', () => {
  it('keeps what has a value, be it empty, and leaves out what has none', () => {
    const fields = given({ zero: 0, empty: '', no: false, nothing: null, absent: undefined })
    expect(Object.keys(fields)).toEqual(['zero', 'empty', 'no', 'nothing'])
  })
})
