import { performance } from 'node:perf_hooks'
import type { Clock } from './clock.ts'

/** The real time. Monotonic, and on the epoch's scale so that threads of a process agree on it. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
