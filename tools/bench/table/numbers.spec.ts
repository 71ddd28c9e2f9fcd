import { describe, expect, it } from 'vitest'
import { summarize } from '../statistics/summarize.ts'
import { decimal, withInterval, withRange } from './numbers.ts'

describe('decimal', () => {
  it('rounds to the digits asked for and parts the thousands', () => {
    expect([decimal(12345.6), decimal(1.0049, 3), decimal(0)]).toEqual(['12,346', '1.005', '0'])
  })
})

describe('withRange', () => {
  it('shows the median between the smallest and the largest', () => {
    expect(withRange(summarize([3, 1, 20]))).toBe('3 (1–20)')
  })
})

describe('withInterval', () => {
  it('shows the median in its interval, without what lies far out', () => {
    const values = [...Array.from({ length: 49 }, () => 1), 9]
    expect(withInterval(summarize(values), 2)).toBe('1.00 (1.00–1.00)')
  })
})
