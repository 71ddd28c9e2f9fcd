import { describe, expect, it } from 'vitest'
import { summarize } from './summarize.ts'

describe('summarize', () => {
  it('takes the middle of an odd series, in whatever order it comes', () => {
    expect(summarize([9, 1, 5])).toMatchObject({ count: 3, median: 5, min: 1, max: 9 })
  })

  it('takes the mean of the two in the middle of an even series', () => {
    expect(summarize([4, 1, 3, 2]).median).toBe(2.5)
  })

  it('leaves its argument alone', () => {
    const values = [2, 1]
    summarize(values)
    expect(values).toEqual([2, 1])
  })

  it('refuses an empty series', () => {
    expect(() => summarize([])).toThrow('summarize: no values')
  })
})
