import type { Clock } from '@lastcall/core'

/** The real time, and how many timers wait on it. */
export interface CountingClock extends Clock {
  readonly pending: number
}

/** Makes a clock that runs on real time, as sockets do, and counts its timers, so that a forgotten one is seen. */
export function createCountingClock(): CountingClock {
  const timers = new Set<unknown>()

  return {
    get pending() {
      return timers.size
    },
    now: () => performance.timeOrigin + performance.now(),
    setTimeout(callback, delayMs) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      timers.add(timer)
      return timer
    },
    clearTimeout(timer) {
      timers.delete(timer)
      clearTimeout(timer as NodeJS.Timeout)
    },
  }
}
