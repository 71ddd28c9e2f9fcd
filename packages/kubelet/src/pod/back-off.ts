const FIRST_MS = 10_000
const MOST_MS = 300_000
const FORGIVEN_AFTER_MS = 600_000

/** How long a container waits before it is started again. */
export interface BackOff {
  /** The delay after an end at `endedAt`, of a container that started at `startedAt`. */
  next(startedAt: number, endedAt: number): number
}

/** CrashLoopBackOff: at once, then after 10 s, 20 s, … 300 s; from the beginning after ten minutes of running. */
export function createBackOff(): BackOff {
  let delayMs = 0
  return {
    next(startedAt, endedAt) {
      if (endedAt - startedAt >= FORGIVEN_AFTER_MS) delayMs = 0
      const now = delayMs
      delayMs = Math.min(Math.max(FIRST_MS, delayMs * 2), MOST_MS)
      return now
    },
  }
}
