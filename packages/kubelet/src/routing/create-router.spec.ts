import { createFakeClock } from '@lastcall/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRouter, type RoutedPod, type RouterOptions } from './create-router.ts'
import type { EndpointConditions } from './endpoint-conditions.ts'

const READY: EndpointConditions = { ready: true, serving: true, terminating: false }
const RED: EndpointConditions = { ready: false, serving: false, terminating: false }
const TERMINATING: EndpointConditions = { ready: false, serving: true, terminating: true }
const GONE_RED: EndpointConditions = { ready: false, serving: false, terminating: true }

function setUp(options: Partial<RouterOptions> = {}) {
  const clock = createFakeClock()
  return { clock, router: createRouter({ clock, ...options }) }
}

describe('createRouter', () => {
  it('acts on each change after the propagation delay, to begin to route and to stop', async () => {
    const { clock, router } = setUp({ propagationMs: 5000 })
    router.update('a', READY)
    router.update('b', READY)
    await clock.advance(4999)
    expect(router.endpoints()).toEqual([])
    await clock.advance(1)
    expect(router.endpoints()).toEqual(['a', 'b'])

    router.update('a', TERMINATING)
    await clock.advance(4999)
    expect(router.mayConnect('a')).toBe(true)
    await clock.advance(1)
    expect(router.mayConnect('a')).toBe(false)
    expect(router.endpoints()).toEqual(['b'])
  })

  it.each([
    [0, 3000],
    [0.5, 5000],
    [1, 7000],
  ])('draws its own delay from the spread: %d gives %d ms', async (drawn, delayMs) => {
    const { clock, router } = setUp({ propagationMs: 5000, spreadMs: 2000, random: () => drawn })
    expect(router.delayMs).toBe(delayMs)
    router.update('a', READY)
    await clock.advance(delayMs - 1)
    expect(router.mayConnect('a')).toBe(false)
    await clock.advance(1)
    expect(router.mayConnect('a')).toBe(true)
  })

  it('has no delay below zero', () => {
    expect(setUp({ propagationMs: 1000, spreadMs: 5000, random: () => 0 }).router.delayMs).toBe(0)
  })

  it('does not route to what is not ready', () => {
    const { router } = setUp()
    router.update('a', RED)
    router.update('b', GONE_RED)
    expect(router.endpoints()).toEqual([])
  })

  it('falls back to endpoints that terminate and serve, while no other is ready: KEP-1669', () => {
    const { router } = setUp()
    router.update('a', TERMINATING)
    router.update('b', TERMINATING)
    router.update('c', GONE_RED)
    router.update('d', RED)
    expect(router.endpoints()).toEqual(['a', 'b'])
    router.update('e', READY)
    expect(router.endpoints()).toEqual(['e'])
    router.update('e', undefined)
    router.update('a', GONE_RED)
    expect(router.endpoints()).toEqual(['b'])
  })

  it('has no such fallback where it is not wanted', () => {
    const { router } = setUp({ lastEndpointFallback: false })
    router.update('a', READY)
    router.update('a', TERMINATING)
    expect(router.endpoints()).toEqual([])
  })

  describe('routedUntil', () => {
    it('knows nothing of a pod that was never routed to', () => {
      const { router } = setUp({ propagationMs: 1000 })
      router.update('a', READY)
      expect(router.routedUntil('a')).toBe(undefined)
      expect(router.routedUntil('b')).toBe(undefined)
    })

    it('is without an end, then in the future, then in the past', async () => {
      const { clock, router } = setUp({ propagationMs: 1000, lastEndpointFallback: false })
      router.update('a', READY)
      await clock.advance(1000)
      expect(router.routedUntil('a')).toBe(Infinity)
      router.update('a', TERMINATING)
      expect(router.routedUntil('a')).toBe(2000)
      await clock.advance(60_000)
      expect(router.routedUntil('a')).toBe(2000)
    })

    it('counts the fallback in: the last pod is routed to until it does not serve', async () => {
      const { clock, router } = setUp({ propagationMs: 1000 })
      router.update('a', READY)
      await clock.advance(1000)
      router.update('a', TERMINATING)
      expect(router.routedUntil('a')).toBe(Infinity)
      await clock.advance(3000)
      router.update('a', GONE_RED)
      expect(router.routedUntil('a')).toBe(5000)
    })

    it('tells, of a pod that was routed to twice, the last time', async () => {
      const { clock, router } = setUp()
      router.update('a', READY)
      router.update('a', RED)
      expect(router.routedUntil('a')).toBe(0)
      await clock.advance(500)
      router.update('a', READY)
      await clock.advance(500)
      router.update('a', RED)
      expect(router.routedUntil('a')).toBe(1000)
    })

    it('is the moment from which no connection may come, whatever changed before', async () => {
      const conditions = fc.constantFrom(READY, RED, TERMINATING, GONE_RED, undefined)
      const step = fc.record({ ms: fc.nat(300), pod: fc.constantFrom('a', 'b'), endpoint: conditions })
      await fc.assert(
        fc.asyncProperty(fc.array(step), async (steps) => {
          const { clock, router } = setUp({ propagationMs: 200 })
          for (const { ms, pod, endpoint } of steps) {
            router.update(pod, endpoint)
            const until = router.routedUntil('a')
            const may = router.mayConnect('a')
            if (may) expect(until).toBeGreaterThan(clock.now())
            else expect(until ?? 0).toBeLessThanOrEqual(clock.now())
            if (may && until !== Infinity) {
              const rest = (until ?? 0) - clock.now()
              if (ms < rest) {
                await clock.advance(ms)
                expect(router.mayConnect('a')).toBe(true)
              } else {
                await clock.advance(rest)
                expect(router.mayConnect('a')).toBe(false)
              }
            } else await clock.advance(ms)
          }
        }),
        { numRuns: 50 },
      )
    })
  })

  it('keeps established connections, whatever becomes of the endpoint, until they are ended', () => {
    const { router } = setUp()
    router.update('a', READY)
    router.update('b', READY)
    const [first, second, third] = [router.connect(), router.connect(), router.connect()]
    expect([first?.pod, second?.pod, third?.pod]).toEqual(['a', 'b', 'a'])
    router.update('a', GONE_RED)
    router.update('b', GONE_RED)
    expect(router.connect()).toBe(undefined)
    expect(first?.open).toBe(true)
    first?.end()
    expect([first?.open, third?.open]).toEqual([false, true])
  })

  it('follows a pod until it is told to stop', () => {
    const { router } = setUp()
    const listeners = new Set<() => void>()
    const pod: { -readonly [Field in keyof RoutedPod]: RoutedPod[Field] } = {
      name: 'a',
      endpoint: READY,
      onEndpointChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const stop = router.watch(pod)
    expect(router.endpoints()).toEqual(['a'])
    pod.endpoint = undefined
    for (const listener of listeners) listener()
    expect(router.endpoints()).toEqual([])
    stop()
    expect(listeners.size).toBe(0)
    router.watch(pod)
    router.dispose()
    expect(listeners.size).toBe(0)
  })

  it('forgets everything when it is disposed', async () => {
    const { clock, router } = setUp({ propagationMs: 1000 })
    router.update('a', READY)
    await clock.advance(1000)
    router.update('b', READY)
    router.dispose()
    await clock.advance(1000)
    expect(router.endpoints()).toEqual([])
    expect(router.routedUntil('a')).toBe(undefined)
    expect(clock.pending).toBe(0)
  })
})
