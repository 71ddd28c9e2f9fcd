import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBackOff } from './back-off.ts'

describe('createBackOff', () => {
  it('starts at once, then waits 10 s, doubled up to 300 s', () => {
    const backOff = createBackOff()
    const delays = Array.from({ length: 8 }, () => backOff.next(0, 0) / 1000)
    expect(delays).toEqual([0, 10, 20, 40, 80, 160, 300, 300])
  })

  it('begins anew after ten minutes of running, and not before', () => {
    const backOff = createBackOff()
    backOff.next(0, 0)
    expect(backOff.next(0, 599_999)).toBe(10_000)
    expect(backOff.next(0, 600_000)).toBe(0)
    expect(backOff.next(0, 0)).toBe(10_000)
  })

  it('never waits longer than five minutes, and never less than the time before unless it begins anew', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700_000)), (lives) => {
        const backOff = createBackOff()
        let before = 0
        for (const ms of lives) {
          const delayMs = backOff.next(1000, 1000 + ms)
          expect(delayMs).toBeLessThanOrEqual(300_000)
          expect(delayMs).toBeGreaterThanOrEqual(ms >= 600_000 ? 0 : before)
          before = delayMs
        }
      }),
    )
  })
})
