import { performance } from 'node:perf_hooks'

/** How often the main thread shows that its event loop runs, and how often the probe thread looks, in milliseconds. */
export const HEARTBEAT_MS = 100

/** One sign of life of the main thread. */
export interface Pulse {
  /** When it was given, as {@link threadTime}. */
  readonly at: number
  /** The time on the lifecycle's clock at that moment: what the age of results is measured with. */
  readonly clockAt: number
  /** Whether a debugger may be attached to the main thread; no other thread can ask this. */
  readonly debugged: boolean
}

/** The newest pulse in memory that two threads share. */
export interface Heartbeat {
  readonly memory: SharedArrayBuffer
  read(): Pulse
  write(pulse: Pulse): void
}

const AT = 0
const CLOCK_AT = 1
const DEBUGGED = 2
const CELLS = 3

/** A heartbeat over `memory` of the other thread, or over new memory. Times are kept in whole milliseconds. */
export function createHeartbeat(memory = new SharedArrayBuffer(CELLS * BigInt64Array.BYTES_PER_ELEMENT)): Heartbeat {
  const cells = new BigInt64Array(memory)
  return {
    memory,
    read: () => ({
      at: Number(Atomics.load(cells, AT)),
      clockAt: Number(Atomics.load(cells, CLOCK_AT)),
      debugged: Atomics.load(cells, DEBUGGED) === 1n,
    }),
    write({ at, clockAt, debugged }) {
      // `at` last: who sees a new pulse also sees the rest of it.
      Atomics.store(cells, DEBUGGED, debugged ? 1n : 0n)
      Atomics.store(cells, CLOCK_AT, BigInt(Math.floor(clockAt)))
      Atomics.store(cells, AT, BigInt(Math.floor(at)))
    },
  }
}

/** Milliseconds on a monotonic scale that all threads of a process share. */
export function threadTime(): number {
  return performance.timeOrigin + performance.now()
}
