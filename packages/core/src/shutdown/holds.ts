import type { Emitter } from '../events/emitter.ts'
import type { Clock } from '../ports/clock.ts'
import type { Hold } from './hold.ts'
import type { Work } from './work.ts'

/** The holds of a lifecycle. */
export interface Holds {
  acquire(name: string): Hold
  /** Those not released yet, oldest first. */
  inFlight(): readonly Work[]
  /** Resolves when none is left. */
  idle(): Promise<void>
}

/** Makes the book of holds. */
export function createHolds(clock: Clock, emitter: Emitter): Holds {
  const held = new Map<Hold, number>()
  let waiting: (() => void)[] = []
  return {
    acquire(name) {
      const since = clock.now()
      const release = () => {
        if (!held.delete(hold)) return
        emitter.emit('hold:end', { hold: name, durationMs: clock.now() - since })
        if (held.size > 0) return
        for (const resolve of waiting) resolve()
        waiting = []
      }
      const hold: Hold = { name, release, [Symbol.dispose]: release }
      held.set(hold, since)
      emitter.emit('hold:begin', { hold: name })
      return hold
    },
    inFlight: () => [...held].map(([{ name }, since]) => ({ kind: 'hold', name, ageMs: clock.now() - since })),
    idle: () => (held.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}

/** Holds while `work` runs; passes on what it gives or throws. */
export async function holdWhile<Result>(
  acquire: () => Hold,
  work: (context: { readonly signal: AbortSignal }) => Result | Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const hold = acquire()
  try {
    return await work({ signal })
  } finally {
    hold.release()
  }
}
