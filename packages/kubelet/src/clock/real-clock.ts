import type { Clock } from '@lastcall/core'

/** Node counts whole milliseconds and fires at once what is further away than it can count. */
const FURTHEST_MS = 2 ** 31 - 1

/** The real time: monotonic, on the epoch's scale. */
export const realClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  // A timer may fire up to a millisecond early: what was given time must have had it.
  setTimeout: (callback, delayMs) => setTimeout(callback, Math.min(Math.ceil(delayMs) + 1, FURTHEST_MS)),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
