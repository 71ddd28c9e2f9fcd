import { LastcallError } from '../errors/lastcall-error.ts'
import type { Emitter } from '../events/emitter.ts'
import type { Clock } from '../ports/clock.ts'
import { LIFECYCLE_CHECK } from '../probes/evaluate-probe.ts'
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
      const resolved = resolveCheck(check)
      if (checks.has(check.name) || check.name === LIFECYCLE_CHECK) {
        throw new LastcallError(
          'LASTCALL_DUPLICATE_NAME',
          `A check named '${check.name}' is there already: give this one another name.`,
        )
      }
      const scheduled = scheduleCheck(resolved, clock, emitter)
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
