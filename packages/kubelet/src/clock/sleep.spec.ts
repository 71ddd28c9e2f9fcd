import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { sleep, waitAtMost } from './sleep.ts'

describe('sleep', () => {
  it('waits on the clock', async () => {
    const clock = createFakeClock()
    await clock.runUntil(sleep(clock, 1500))
    expect(clock.now()).toBe(1500)
  })

  it('ends with its signal, and leaves no timer', async () => {
    const clock = createFakeClock()
    const controller = new AbortController()
    const slept = sleep(clock, 1500, controller.signal)
    controller.abort()
    await slept
    await sleep(clock, 1500, controller.signal)
    expect(clock.pending).toBe(0)
  })

  it('sleeps for ever, without a timer, until the signal', async () => {
    const clock = createFakeClock()
    const controller = new AbortController()
    const slept = sleep(clock, Infinity, controller.signal)
    expect(clock.pending).toBe(0)
    controller.abort()
    await slept
  })
})

describe('waitAtMost', () => {
  it.each([
    [1000, 2000, 1000],
    [2000, 1000, 1000],
    [1000, Infinity, 1000],
  ])('of work of %d ms, %d ms at most, waits %d ms', async (workMs, mostMs, waitedMs) => {
    const clock = createFakeClock()
    await clock.runUntil(waitAtMost(clock, sleep(clock, workMs), mostMs))
    expect(clock.now()).toBe(waitedMs)
  })

  it('ends with any of its signals, and leaves no timer', async () => {
    const clock = createFakeClock()
    const controller = new AbortController()
    const waited = waitAtMost(clock, new Promise(() => undefined), 1000, AbortSignal.any([]), controller.signal)
    controller.abort()
    await waited
    expect(clock.pending).toBe(0)
  })
})
