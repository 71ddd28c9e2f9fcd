import { describe, expect, it, vi } from 'vitest'
import { createPulse } from './pulse.ts'

describe('createPulse', () => {
  it('wakes everyone who waits at the beat, and nobody twice', async () => {
    const pulse = createPulse()
    const woken: string[] = []
    const waits = [pulse.next().then(() => woken.push('a')), pulse.next().then(() => woken.push('b'))]
    pulse.beat()
    await Promise.all(waits)
    pulse.beat()
    expect(woken).toEqual(['a', 'b'])
  })

  it('lets go when the signal aborts, also before the wait', async () => {
    const pulse = createPulse()
    const controller = new AbortController()
    const wait = pulse.next({ signal: controller.signal })
    controller.abort()
    await wait
    await pulse.next({ signal: controller.signal })
  })

  it('lets go after its timeout, and leaves no timer behind when woken earlier', async () => {
    vi.useFakeTimers()
    try {
      const pulse = createPulse()
      const wait = pulse.next({ timeoutMs: 1000 })
      vi.advanceTimersByTime(1000)
      await wait
      const second = pulse.next({ timeoutMs: 1000 })
      pulse.beat()
      await second
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
