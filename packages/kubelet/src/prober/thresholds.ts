import type { ResolvedProbe } from '../spec/probe-spec.ts'

/** Counts outcomes of one kind in a row. */
export interface Thresholds {
  /** Counts one; tells whether as many have come in a row as it takes to be believed. */
  count(outcome: 'success' | 'failure'): boolean
  /** Starts the count anew; what came last is remembered. */
  restart(): void
}

/** Makes the count of a prober. */
export function createThresholds({
  failureThreshold,
  successThreshold,
}: Pick<ResolvedProbe, 'failureThreshold' | 'successThreshold'>): Thresholds {
  const enough = { failure: failureThreshold, success: successThreshold }
  let last: 'success' | 'failure' = 'success'
  let run = 0
  return {
    count(outcome) {
      run = outcome === last ? run + 1 : 1
      last = outcome
      return run >= enough[outcome]
    },
    restart: () => void (run = 0),
  }
}
