import type { RunFacts } from '../facts/run-facts.ts'
import { formatNumberOf, formatOffset, formatSetting } from '../report/format-figures.ts'
import type { Judge } from './judge.ts'
import { lingeringConnections } from './keepalive-linger.ts'
import { reactedAt } from './reactions.ts'

/** It was still there at the end of its grace period. */
export const killed: Judge = {
  code: 'KILLED',
  judge(facts) {
    const { killedMs, graceMs } = facts
    if (killedMs === undefined) return 'pass'
    return {
      summary: `it was killed at ${formatOffset(killedMs)}, at the end of its ${formatSetting(graceMs)}`,
      atMs: Math.round(killedMs),
      ...explain(facts),
    }
  },
}

function explain(facts: RunFacts): { cause: string; fix: string } {
  const { stopSignal } = facts
  if (reactedAt(facts) === undefined) {
    return {
      cause: `It did not react to ${stopSignal} at all.`,
      fix: `Handle ${stopSignal}, and exit when what is in flight is answered.`,
    }
  }
  const connections = lingeringConnections(facts)
  if (connections > 0) {
    return {
      cause: `It waited for ${formatNumberOf(connections, 'connection')} to be closed.`,
      fix: 'Answer with Connection: close after the signal, and close idle connections when the drain begins.',
    }
  }
  return {
    cause: 'It began to stop and did not come to an end: a request, a hook or a handle keeps it.',
    fix: 'Put one deadline, shorter than the grace period, over the whole shutdown.',
  }
}
