import { performance } from 'node:perf_hooks'
import type { Clock } from './clock.ts'

/** The real time. Monotonic, and on the epoch's scale so that threads of a process agree on it. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  // Node fires at once what is further away than it can count.
  setTimeout: (callback, delayMs) => setTimeout(callback, Math.min(delayMs, 2 ** 31 - 1)),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
