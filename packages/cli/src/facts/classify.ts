import { type Classes, type Outcome, OUTCOMES, type Phase, PHASES } from '../drill/result.ts'
import type { RequestRecord } from '../load/request-record.ts'
import type { RunFacts } from './run-facts.ts'

/** When a request was sent, as the server stood then. */
export function phaseOf({ sentMs }: RequestRecord, { listenerClosedMs, exitMs }: RunFacts): Phase {
  if (sentMs < 0) return 'before'
  if (sentMs >= exitMs) return 'afterExit'
  return sentMs >= (listenerClosedMs ?? exitMs) ? 'drain' : 'lameDuck'
}

/**
 * Whether a request is lost: the router was right to send it, as everything that the load sends, and it got no good
 * answer. What HTTP/2 hands back is sent again by its client. What fails after a second signal was asked for.
 */
export function isLost({ outcome, endedMs }: RequestRecord, { secondSignalMs = Infinity }: RunFacts): boolean {
  return outcome !== 'answered' && outcome !== 'retryable' && endedMs < secondSignalMs
}

/** Counts requests by phase and outcome. */
export function classify(facts: RunFacts): Classes {
  const classes = byKey(PHASES, () => byKey(OUTCOMES, () => ({ total: 0, lost: 0 })))
  for (const request of facts.requests) {
    const count = classes[phaseOf(request, facts)][request.outcome]
    count.total++
    if (isLost(request, facts)) count.lost++
  }
  return classes
}

function byKey<Key extends Outcome | Phase, Value>(keys: readonly Key[], make: () => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, make()])) as Record<Key, Value>
}
