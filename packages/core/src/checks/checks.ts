import type { Emitter } from '../events/emitter.ts'
import type { Clock } from '../ports/clock.ts'
import type { CheckSnapshot } from '../probes/snapshot.ts'
import type { Check } from './check.ts'
import { resolveCheck } from './resolve-check.ts'
import { type ScheduledCheck, scheduleCheck } from './schedule-check.ts'

/** The checks of a lifecycle. */
export interface Checks {
  /** Adds one; `begins` tells whether it runs at once or with {@link Checks.begin}. */
  add(check: Check, begins: boolean): void
  /** Begins one check by name, or every one. */
  begin(name?: string): void
  /** Ends all of them for good: what they ask is about to be closed. */
  end(): void
  snapshot(): readonly CheckSnapshot[]
}

/** Makes the book of checks. */
export function createChecks(clock: Clock, emitter: Emitter): Checks {
  const checks = new Map<string, ScheduledCheck>()
  let over = false
  return {
    add(check, begins) {
      const scheduled = scheduleCheck(resolveCheck(check), clock, emitter)
      checks.set(check.name, scheduled)
      if (begins && !over) scheduled.begin()
    },
    begin(name) {
      if (over) return
      const due = name === undefined ? [...checks.values()] : [checks.get(name)]
      for (const check of due) check?.begin()
    },
    end() {
      over = true
      for (const check of checks.values()) check.end()
    },
    snapshot: () => [...checks.values()].map((check) => check.snapshot()),
  }
}
