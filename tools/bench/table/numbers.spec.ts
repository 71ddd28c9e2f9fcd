import { describe, expect, it } from 'vitest'
import { summarize } from '../statistics/summarize.ts'
import { decimal, withRange } from './numbers.ts'

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
