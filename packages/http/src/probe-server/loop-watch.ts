import { HEARTBEAT_MS, type Pulse } from './heartbeat.ts'

/** A time in which the main thread gave no sign of life, on the lifecycle's clock. */
export interface Stall {
  readonly endedAt: number
  readonly durationMs: number
}

/** What one look at the heartbeat shows. */
export interface LoopView {
  readonly pulse: Pulse
  /** For how long the main loop has been blocked, in milliseconds; less than a heartbeat or two when it is not. */
  readonly blockedMs: number
  /** The stalls that are over, oldest first. */
  readonly stalls: readonly Stall[]
}

/** A gap between two looks of the watching thread that means that the whole process stood still. */
const FREEZE_MS = 5 * HEARTBEAT_MS

/** A shorter gap is no stall: results are good for many seconds. */
const STALL_MS = 1000

/** More stalls than any result that is not too old can have lived through. */
const STALLS_KEPT = 32

/**
 * Watches a heartbeat from another thread; the return value looks at it, and wants to be called at every heartbeat.
 * Time in which this thread did not run either (SIGSTOP, a frozen container) is no block of the loop.
 */
export function createLoopWatch(read: () => Pulse, now: () => number): () => LoopView {
  let pulse = read()
  let lookedAt = now()
  let awakeSince = lookedAt
  let stalls: readonly Stall[] = []

  return () => {
    const at = now()
    if (at - lookedAt > FREEZE_MS) awakeSince = at
    lookedAt = at

    const next = read()
    const durationMs = next.clockAt - pulse.clockAt
    if (durationMs >= STALL_MS) stalls = [...stalls, { endedAt: next.clockAt, durationMs }].slice(-STALLS_KEPT)
    pulse = next
    return { pulse, blockedMs: Math.max(0, at - Math.max(pulse.at, awakeSince)), stalls }
  }
}
