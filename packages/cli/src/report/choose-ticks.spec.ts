import { describe, expect, it } from 'vitest'
import { chooseTicks } from './choose-ticks.ts'

describe('chooseTicks', () => {
  it('chooses round moments, zero among them', () => {
    expect(chooseTicks(-1358, 5500, 7)).toEqual([-1000, 0, 1000, 2000, 3000, 4000, 5000])
    expect(chooseTicks(0, 31, 4)).toEqual([0, 10, 20, 30])
  })

  it('never chooses many more than it was told', () => {
    for (const end of [1, 7, 99, 1234, 30_004, 123_456]) {
      const ticks = chooseTicks(-end / 3, end, 7)
      expect(ticks.length).toBeLessThanOrEqual(8)
      expect(ticks).toContain(0)
    }
  })
})
