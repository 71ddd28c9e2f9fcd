import type { Loss, Outcome } from '../drill/result.ts'
import { explainLosses } from '../facts/explain-losses.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { formatCount, formatNumberOf, formatOffset, formatSpan } from '../report/format-figures.ts'
import { describeExit } from '../server/describe-exit.ts'
import type { Judge } from './judge.ts'
import { diedOfSignal, reactedAt } from './reactions.ts'

/** Requests that a router was right to send got no good answer. */
export const lost: Judge = {
  code: 'LOST',
  judge(facts) {
    if (facts.requests.length === 0) return 'unjudged'
    const losses = explainLosses(facts)
    const [most] = losses
    if (!most) return 'pass'
    const count = losses.reduce((sum, loss) => sum + loss.count, 0)
    const firstMs = Math.min(...losses.map((loss) => loss.firstMs))
    const lastMs = Math.max(...losses.map((loss) => loss.lastMs))
    return {
      summary: `${formatCount(count)} of ${formatNumberOf(facts.requests.length, 'request')} lost, ${formatSpan(firstMs, lastMs)}`,
      atMs: firstMs,
      ...explain(most, facts),
    }
  },
}

function explain(most: Loss, facts: RunFacts): { cause: string; fix: string } {
  const { stopSignal, exitMs, routedUntilMs } = facts
  if (facts.endedEarly) {
    return {
      cause: `It ended by itself before the signal (${describeExit(facts.exit)}).`,
      fix: 'See its last output, and mend that first.',
    }
  }
  if (most.lastMs < 0) {
    return {
      cause: `The server fails under this load before it is stopped: ${most.cause}.`,
      fix: 'Mend that first, or lower --rps.',
    }
  }
  if (diedOfSignal(facts)) {
    return {
      cause: `Nothing handles ${stopSignal}, so that it ended the process at once.`,
      fix: `Handle ${stopSignal}: go on serving while the platform routes, then finish what is in flight, then exit.`,
    }
  }
  if (exitMs < routedUntilMs && facts.killedMs === undefined && reactedAt(facts) === undefined) {
    return {
      cause: `It ends as soon as ${stopSignal} comes, while the platform still routes to it.`,
      fix: 'Exit only when routing has ended and what is in flight is answered.',
    }
  }
  const until = `until ${formatOffset(routedUntilMs)}`
  return (
    HINTS[most.outcome]?.(until, most) ?? { cause: `Most of all: ${most.cause}.`, fix: 'See the sample of each loss.' }
  )
}

const HINTS: Partial<Record<Outcome, (until: string, most: Loss) => { cause: string; fix: string }>> = {
  refused: (until) => ({
    cause: `It stopped listening while the platform routed new connections to it ${until}.`,
    fix: 'Go on listening for as long as the propagation takes: a lame duck, or a preStop sleep.',
  }),
  serverError: (until, { cause }) => ({
    cause: `It ${cause} ${until}.`,
    fix: 'Answer requests as ever during the lame duck; let only the readiness probe turn red.',
  }),
  resetNew: (until) => ({
    cause: `It cut new connections that the platform was right to open ${until}.`,
    fix: 'Stop listening only when routing has ended, and serve what has been accepted.',
  }),
  resetReused: () => ({
    cause: 'It closed kept connections without a word while requests were on their way.',
    fix: 'Answer with Connection: close during the lame duck, and close only what is idle then.',
  }),
  truncated: () => ({
    cause: 'It ended before its answers did.',
    fix: 'Wait for what is in flight before the exit, streams too.',
  }),
  timedOut: () => ({
    cause: 'It accepted requests and did not answer them.',
    fix: 'Answer everything that was accepted before the exit.',
  }),
}
