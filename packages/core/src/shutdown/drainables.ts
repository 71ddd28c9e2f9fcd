import type { Emitter } from '../events/emitter.ts'
import type { Clock } from '../ports/clock.ts'
import type { Drainable } from './drainable.ts'
import type { Work } from './work.ts'

/** All that takes requests in one lifecycle, drained together. */
export interface Drainables {
  /** Adds one; one that comes late is brought to where the others are. */
  attach(drainable: Drainable): () => void
  lameDuck(): void
  drain(): void
  isIdle(): boolean
  /** Resolves when every one has drained. */
  idle(): Promise<void>
  /** Destroys what has not drained, and says what was cut. */
  abort(): readonly Work[]
  inFlight(): readonly Work[]
  lastConnectionAt(): number | undefined
}

/** Makes the book of drainables; `onError` hears of what they throw, which stops none of the others. */
export function createDrainables(clock: Clock, emitter: Emitter, onError: (error: unknown) => void): Drainables {
  const attached = new Set<Drainable>()
  const pending = new Map<Drainable, Promise<void>>()
  const cutBy = new Map<Drainable, readonly Work[]>()
  let stage: 'serving' | 'lameDuck' | 'drain' | 'aborted' = 'serving'

  function ask<Result>(question: () => Result, otherwise: Result): Result {
    try {
      return question()
    } catch (error) {
      onError(error)
      return otherwise
    }
  }

  async function drainOne(drainable: Drainable): Promise<void> {
    const begunAt = clock.now()
    emitter.emit('drain:begin', { drainable: drainable.name, inFlight: ask(() => drainable.inFlight(), []) })
    try {
      await drainable.drain()
    } catch (error) {
      onError(error)
    }
    pending.delete(drainable)
    const cut = cutBy.get(drainable) ?? []
    emitter.emit('drain:end', { drainable: drainable.name, durationMs: clock.now() - begunAt, cut })
  }

  function begin(drainable: Drainable): void {
    // Entered first: a drain that is over at once must find its entry to delete.
    pending.set(drainable, Promise.resolve())
    const drained = drainOne(drainable)
    if (pending.has(drainable)) pending.set(drainable, drained)
  }

  return {
    attach(drainable) {
      attached.add(drainable)
      if (stage !== 'serving') ask(() => drainable.lameDuck(), undefined)
      if (stage === 'drain' || stage === 'aborted') begin(drainable)
      if (stage === 'aborted') ask(() => drainable.abort(), [])
      return () => void attached.delete(drainable)
    },
    lameDuck() {
      stage = 'lameDuck'
      for (const drainable of attached) ask(() => drainable.lameDuck(), undefined)
    },
    drain() {
      stage = 'drain'
      for (const drainable of attached) begin(drainable)
    },
    isIdle: () => pending.size === 0,
    idle: async () => void (await Promise.all(pending.values())),
    abort() {
      stage = 'aborted'
      for (const drainable of [...pending.keys()])
        cutBy.set(
          drainable,
          ask(() => drainable.abort(), []),
        )
      return [...cutBy.values()].flat()
    },
    inFlight: () => [...attached].flatMap((drainable) => ask(() => drainable.inFlight(), [])),
    lastConnectionAt() {
      const times = [...attached].map((drainable) => ask(() => drainable.lastConnectionAt(), undefined))
      const known = times.filter((time) => time !== undefined)
      return known.length > 0 ? Math.max(...known) : undefined
    },
  }
}
