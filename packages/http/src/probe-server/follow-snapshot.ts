import type { EventType, Lifecycle, ProbeSnapshot } from '@lastcall/core'
import { portableSnapshot } from './portable-snapshot.ts'

/** Events after which probes may have another answer. */
const CHANGES: ReadonlySet<EventType> = new Set(['state:change', 'check:begin', 'check:end', 'check:change'])

/** Hands on a new snapshot after each turn in which something changed; the return value stops that. */
export function followSnapshot(lifecycle: Lifecycle, onSnapshot: (snapshot: ProbeSnapshot) => void): () => void {
  let due = false
  let stopped = false
  const unsubscribe = lifecycle.subscribe(({ type }) => {
    if (due || !CHANGES.has(type)) return
    due = true
    queueMicrotask(() => {
      due = false
      if (!stopped) onSnapshot(portableSnapshot(lifecycle))
    })
  })
  return () => {
    stopped = true
    unsubscribe()
  }
}
