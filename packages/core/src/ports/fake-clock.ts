import { setImmediate } from 'node:timers/promises'
import type { Clock } from './clock.ts'

/** A clock that only moves when it is told to. */
export interface FakeClock extends Clock {
  /** Timers that are still to fire. */
  readonly pending: number
  /**
   * Moves time on by `ms`, fires what falls due in order, and lets promises settle in between.
   * Resolves when nothing more is due.
   */
  advance(ms: number): Promise<void>
  /** Moves time on and fires nothing, as a blocked event loop does. */
  block(ms: number): void
  /** Lets promises settle without moving time. */
  settle(): Promise<void>
  /** Moves time on, timer by timer, until `promise` settles or no timer is left; then gives its result. */
  runUntil<Result>(promise: Promise<Result>): Promise<Result>
}

interface Entry {
  readonly dueAt: number
  readonly callback: () => void
}

/** Makes a clock for tests; `startAt` is its first time, in epoch milliseconds. @default 0 */
export function createFakeClock(startAt = 0): FakeClock {
  const entries = new Set<Entry>()
  let now = startAt

  function next(): Entry | undefined {
    let first: Entry | undefined
    for (const entry of entries) {
      // A set keeps the order of adding: of those due at the same time the first stays.
      if (!first || entry.dueAt < first.dueAt) first = entry
    }
    return first
  }

  /** A turn of the real event loop: every chain of promises ends before it does, however long. */
  async function settle(): Promise<void> {
    await setImmediate()
  }

  async function fire(entry: Entry): Promise<void> {
    entries.delete(entry)
    now = Math.max(now, entry.dueAt)
    entry.callback()
    await settle()
  }

  return {
    get pending() {
      return entries.size
    },
    now: () => now,
    setTimeout(callback, delayMs) {
      const entry = { dueAt: now + Math.max(0, delayMs), callback }
      entries.add(entry)
      return entry
    },
    clearTimeout: (timer) => void entries.delete(timer as Entry),
    block: (ms) => void (now += ms),
    settle,
    async advance(ms) {
      const until = now + ms
      await settle()
      for (let entry = next(); entry && entry.dueAt <= until; entry = next()) await fire(entry)
      now = Math.max(now, until)
    },
    async runUntil(promise) {
      let settled = false
      const done = () => void (settled = true)
      promise.then(done, done)
      await settle()
      for (let entry = next(); !settled && entry; entry = next()) await fire(entry)
      if (!settled)
        throw new Error(
          'The promise cannot settle: no timer is left to fire. Does it wait for something that is not on the fake clock?',
        )
      return promise
    },
  }
}
