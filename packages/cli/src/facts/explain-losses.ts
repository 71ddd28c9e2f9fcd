import type { Loss } from '../drill/result.ts'
import type { RequestRecord } from '../load/request-record.ts'
import { formatMs, formatOffset } from '../report/format-figures.ts'
import { isLost } from './classify.ts'
import type { RunFacts } from './run-facts.ts'

/** What ends together with the process has ended because of it. */
const SAME_MOMENT_MS = 50

/** The lost requests by cause, the most frequent first. */
export function explainLosses(facts: RunFacts): Loss[] {
  const lost = facts.requests.filter((request) => isLost(request, facts))
  const groups = Map.groupBy(lost, (request) => `${request.outcome}: ${causeOf(request, facts)}`)
  return [...groups.values()]
    .map((requests) => {
      const first = requests.reduce((a, b) => (b.endedMs < a.endedMs ? b : a))
      return {
        cause: causeOf(first, facts),
        outcome: first.outcome,
        count: requests.length,
        firstMs: round(first.endedMs),
        lastMs: round(Math.max(...requests.map(({ endedMs }) => endedMs))),
        sample: sampleOf(first),
      }
    })
    .toSorted((a, b) => b.count - a.count)
}

function causeOf(request: RequestRecord, facts: RunFacts): string {
  const { outcome, sentMs, endedMs, status } = request
  const atExit = endedMs >= facts.exitMs - SAME_MOMENT_MS
  const when = endedMs < 0 ? 'before the signal' : sentMs < 0 ? 'in flight at the signal' : 'after the signal'
  switch (outcome) {
    case 'serverError':
      return `answered ${status} ${endedMs < 0 ? 'before the signal' : 'while the platform routed to it'}`
    case 'refused':
      if (endedMs < 0) return 'refused before the signal'
      return endedMs >= facts.exitMs
        ? 'it was gone while the platform routed to it'
        : 'it had stopped listening while the platform routed to it'
    case 'resetNew':
      if (atExit) return `${when}, cut by the end of the process`
      return endedMs < 0
        ? 'a new connection was cut before the signal'
        : 'a new connection was cut before it was served'
    case 'resetReused':
      if (atExit) return `${when}, cut by the end of the process`
      return `a kept connection was closed ${endedMs < 0 ? 'before the signal ' : ''}while a request was on its way`
    case 'truncated':
      return atExit ? `${when}, the answer cut by the end of the process` : `${when}, the answer cut`
    default:
      return `no answer in time, sent ${sentMs < 0 ? 'before' : 'after'} the signal`
  }
}

function sampleOf({ client, reused, sentMs, endedMs, outcome, status, error }: RequestRecord): string {
  const detail = [status, error].filter((part) => part !== undefined).join(', ')
  const connection = client === 'new' ? 'a connection of its own' : reused ? 'a kept connection' : 'a new connection'
  const after = formatMs(round(endedMs - sentMs))
  return `on ${connection}, sent at ${formatOffset(sentMs)}: ${detail || outcome} after ${after}`
}

function round(ms: number): number {
  return Math.round(ms)
}
