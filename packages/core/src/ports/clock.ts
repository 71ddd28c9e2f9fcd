/** A pending timer, as `clearTimeout` wants it back. */
export type Timer = unknown

/** Time as the engine sees it. Only files in `ports/` know the real one. */
export interface Clock {
  /** Milliseconds since the epoch, from a clock that never goes back. */
  now(): number
  /** Calls `callback` once after `delayMs` milliseconds. The timer keeps the event loop alive. */
  setTimeout(callback: () => void, delayMs: number): Timer
  /** Forgets the timer; nothing happens when it is over already. */
  clearTimeout(timer: Timer): void
}
