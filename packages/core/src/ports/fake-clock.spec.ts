import { describe, expect, it } from 'vitest'
import { createFakeClock } from './fake-clock.ts'

describe('createFakeClock', () => {
  it('begins at 0, or where it is told to', () => {
    expect(createFakeClock().now()).toBe(0)
    expect(createFakeClock(1_700_000_000_000).now()).toBe(1_700_000_000_000)
  })

  it('moves only when it is told to', async () => {
    const clock = createFakeClock()
    const fired: number[] = []
    clock.setTimeout(() => fired.push(clock.now()), 10)
    await clock.settle()
    expect(clock.now()).toBe(0)
    await clock.advance(9)
    expect(fired).toEqual([])
    await clock.advance(1)
    expect(fired).toEqual([10])
    expect(clock.now()).toBe(10)
  })

  it('fires in the order of time, then of setting, each at its own moment', async () => {
    const clock = createFakeClock()
    const fired: string[] = []
    for (const [name, delayMs] of [
      ['c', 20],
      ['a', 10],
      ['b', 10],
      ['now', 0],
      ['past', -5],
    ] as const) {
      clock.setTimeout(() => fired.push(`${name} ${clock.now()}`), delayMs)
    }
    await clock.advance(100)
    expect(fired).toEqual(['now 0', 'past 0', 'a 10', 'b 10', 'c 20'])
    expect(clock.now()).toBe(100)
  })

  it('fires what a timer sets, when it falls due within the same step', async () => {
    const clock = createFakeClock()
    const fired: number[] = []
    const again = () => {
      fired.push(clock.now())
      clock.setTimeout(again, 10)
    }
    clock.setTimeout(again, 10)
    await clock.advance(35)
    expect(fired).toEqual([10, 20, 30])
    expect(clock.pending).toBe(1)
  })

  it('lets promises settle between two timers', async () => {
    const clock = createFakeClock()
    const log: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    void promise.then(() => log.push('settled'))
    clock.setTimeout(resolve, 10)
    clock.setTimeout(() => log.push('second timer'), 10)
    await clock.advance(10)
    expect(log).toEqual(['settled', 'second timer'])
  })

  it('forgets a cleared timer', async () => {
    const clock = createFakeClock()
    const fired: string[] = []
    const timer = clock.setTimeout(() => fired.push('cleared'), 10)
    expect(clock.pending).toBe(1)
    clock.clearTimeout(timer)
    clock.clearTimeout(timer)
    clock.clearTimeout(undefined)
    expect(clock.pending).toBe(0)
    await clock.advance(10)
    expect(fired).toEqual([])
  })

  it('never goes back, also when two advance it side by side', async () => {
    const clock = createFakeClock()
    const seen: number[] = []
    await Promise.all([100, 50].map((ms) => clock.advance(ms).then(() => seen.push(clock.now()))))
    expect(clock.now()).toBe(100)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  describe('runUntil', () => {
    it('moves on until a promise settles, no further, and gives its result', async () => {
      const clock = createFakeClock()
      const answer = new Promise<string>((resolve) => void clock.setTimeout(() => resolve('done'), 30))
      clock.setTimeout(() => undefined, 40)
      expect(await clock.runUntil(answer)).toBe('done')
      expect(clock.now()).toBe(30)
      expect(clock.pending).toBe(1)
    })

    it('passes a rejection on', async () => {
      const clock = createFakeClock()
      const answer = new Promise<void>((_, reject) => void clock.setTimeout(() => reject(new Error('refused')), 30))
      await expect(clock.runUntil(answer)).rejects.toThrow('refused')
    })

    it('says so when no timer is left that could settle it', async () => {
      const clock = createFakeClock()
      clock.setTimeout(() => undefined, 30)
      await expect(clock.runUntil(new Promise(() => undefined))).rejects.toThrow('The promise cannot settle')
    })
  })
})
