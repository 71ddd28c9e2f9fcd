import { describe, expect, it } from 'vitest'
import { realClock } from './real-clock.ts'
import { sleep } from './sleep.ts'

describe('realClock', () => {
  it('tells the time of the epoch, and never fires before it is time', async () => {
    const before = realClock.now()
    expect(Math.abs(before - Date.now())).toBeLessThan(60_000)
    await sleep(realClock, 20)
    expect(realClock.now() - before).toBeGreaterThanOrEqual(20)
  })

  it('forgets a timer, and does not fire at once what is further away than Node can count', async () => {
    const fired: string[] = []
    realClock.clearTimeout(realClock.setTimeout(() => fired.push('forgotten'), 0))
    const far = realClock.setTimeout(() => fired.push('far'), 2 ** 40)
    await sleep(realClock, 5)
    realClock.clearTimeout(far)
    expect(fired).toEqual([])
  })
})
