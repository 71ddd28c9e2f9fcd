import { performance } from 'node:perf_hooks'
import type { Clock } from './clock.ts'

/** Node fires at once what is further away than it can count. */
const FURTHEST_MS = 2 ** 31 - 1

/** Read once: its getter costs as much as the time itself. */
const origin = performance.timeOrigin

/** The real time. Monotonic, and on the epoch's scale so that threads of a process agree on it. */
export const systemClock: Clock = {
  now: () => origin + performance.now(),
  // Node counts whole milliseconds and may fire up to one early: what was given time must have had it.
  setTimeout: (callback, delayMs) => setTimeout(callback, Math.min(Math.ceil(delayMs) + 1, FURTHEST_MS)),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
