import { describe, expect, it } from 'vitest'
import { systemClock } from './system-clock.ts'

const timer = (delayMs: number) => new Promise<void>((resolve) => void systemClock.setTimeout(resolve, delayMs))

describe('systemClock', () => {
  it("is on the epoch's scale", () => {
    const hourMs = 3_600_000
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(hourMs)
  })

  it('never goes back', () => {
    const times = Array.from({ length: 1000 }, () => systemClock.now())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('calls back, sooner for less', async () => {
    const fired: string[] = []
    await Promise.all([timer(20).then(() => fired.push('later')), timer(0).then(() => fired.push('sooner'))])
    expect(fired).toEqual(['sooner', 'later'])
  })

  it('never calls back before the time, by no fraction of a millisecond', async () => {
    const early = Array.from({ length: 200 }, async (_, index) => {
      const delayMs = index / 9
      const dueAt = systemClock.now() + delayMs
      await timer(delayMs)
      return systemClock.now() < dueAt
    })
    expect((await Promise.all(early)).filter(Boolean)).toEqual([])
  })

  it('does not call back once the timer is cleared', async () => {
    const fired: string[] = []
    systemClock.clearTimeout(systemClock.setTimeout(() => fired.push('cleared'), 0))
    await timer(1)
    expect(fired).toEqual([])
  })

  it.each([undefined, null])('clears %s as a timer that is over', (nothing) => {
    expect(() => systemClock.clearTimeout(nothing)).not.toThrow()
  })

  // Node would fire at once, with a warning.
  it.each([2 ** 31, Number.MAX_SAFE_INTEGER, Infinity])('does not fire at once what is %d ms away', async (delayMs) => {
    const fired: string[] = []
    const far = systemClock.setTimeout(() => fired.push('far'), delayMs)
    await timer(5)
    systemClock.clearTimeout(far)
    expect(fired).toEqual([])
  })
})
