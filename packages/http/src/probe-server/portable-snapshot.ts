import type { Lifecycle, ProbeSnapshot } from '@lastcall/core'

/** The lifecycle's snapshot in a form that can go to another thread. */
export function portableSnapshot(lifecycle: Lifecycle): ProbeSnapshot {
  const snapshot = lifecycle.snapshot()
  try {
    return structuredClone(snapshot)
  } catch {
    // Where types are absent a check may say anything, a function too. Its status must arrive all the same.
    return { ...snapshot, checks: snapshot.checks.map(({ output: _, data: __, ...check }) => check) }
  }
}
