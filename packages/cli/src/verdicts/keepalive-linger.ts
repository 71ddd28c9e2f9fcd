import type { RunFacts } from '../facts/run-facts.ts'
import { formatMs, formatNumberOf } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'

/** To close what is idle takes no longer. */
const LINGER_MS = 1000

/** Nothing was in flight any more, but idle connections kept it from its end. */
export const keepaliveLinger: Judge = {
  code: 'KEEPALIVE-LINGER',
  judge(facts) {
    if (facts.connections.length === 0) return 'unjudged'
    const connections = lingeringConnections(facts)
    if (connections === 0) return 'pass'
    const fromMs = idleSince(facts)
    const waitedMs = Math.round(facts.exitMs - fromMs)
    return {
      summary: `${formatNumberOf(connections, 'idle connection')} kept it for ${formatMs(waitedMs)} after its last answer`,
      atMs: Math.round(fromMs),
      cause: 'It waits until its clients or its keep-alive timeout close them.',
      fix: 'Answer with Connection: close after the signal, and close idle connections once it stops listening.',
    }
  },
}

/** How many connections were open and idle for long, when it no longer listened and had answered everything. */
export function lingeringConnections(facts: RunFacts): number {
  const untilMs = idleSince(facts) + LINGER_MS
  if (facts.exitMs < untilMs) return 0
  // A request that comes bit by bit is not idle.
  const idle = facts.connections.filter(({ client }) => client !== 'slow')
  return idle.filter(({ openedMs, closedMs }) => openedMs < untilMs && closedMs >= untilMs).length
}

/** From when on it had nothing to do. */
function idleSince({ requests, listenerClosedMs, exitMs }: RunFacts): number {
  const ends = requests.map(({ endedMs }) => endedMs).filter((endedMs) => endedMs < exitMs)
  return Math.max(listenerClosedMs ?? exitMs, ...ends)
}
