import { TIMELINE_KINDS, type TimelineEvent } from '../drill/result.ts'
import { describeExit } from '../server/describe-exit.ts'
import { isLost } from './classify.ts'
import type { RunFacts } from './run-facts.ts'

/** Without a hook the signal follows at once. */
const NO_HOOK_MS = 20

/** What happened in a run, in order of time. */
export function createTimeline(facts: RunFacts): TimelineEvent[] {
  const { requests, connections, terminatingMs, routedUntilMs, secondSignalMs, listenerClosedMs, killedMs } = facts
  const events: TimelineEvent[] = [
    { kind: 'signal', atMs: 0, detail: facts.stopSignal },
    { kind: 'exit', atMs: facts.exitMs, detail: describeExit(facts.exit) },
  ]
  const add = (kind: TimelineEvent['kind'], atMs: number | undefined, detail?: string): void => {
    if (atMs !== undefined && Number.isFinite(atMs))
      events.push({ kind, atMs: Math.round(atMs), ...(detail !== undefined && { detail }) })
  }

  if (terminatingMs < -NO_HOOK_MS) add('terminating', terminatingMs)
  add('propagationOver', routedUntilMs)
  add('secondSignal', secondSignalMs, facts.stopSignal)
  add('listenerClosed', listenerClosedMs)
  add('sigkill', killedMs)
  for (const { atMs, healthy, status } of facts.readiness)
    if (atMs > 0) add(healthy ? 'readinessGreen' : 'readinessRed', atMs, String(status))
  for (const { atMs, healthy, status } of facts.liveness)
    if (atMs > 0) add(healthy ? 'livenessGreen' : 'livenessRed', atMs, String(status))
  const told = requests.filter(
    ({ client, close, endedMs }) => (client === 'keepAlive' || client === 'http2') && close && endedMs > 0,
  )
  add('firstClose', least(told.map(({ endedMs }) => endedMs)))
  add('firstLoss', least(requests.filter((each) => isLost(each, facts)).map(({ endedMs }) => endedMs)))
  const answered = requests.filter(({ outcome, endedMs }) => outcome === 'answered' && endedMs > 0)
  add('lastResponse', most(answered.map(({ endedMs }) => endedMs)))
  add('lastSocket', most(connections.map(({ closedMs }) => closedMs).filter((closedMs) => closedMs > 0)))
  return events
    .map((event) => ({ ...event, atMs: Math.round(event.atMs) }))
    .toSorted((a, b) => a.atMs - b.atMs || TIMELINE_KINDS.indexOf(a.kind) - TIMELINE_KINDS.indexOf(b.kind))
}

function least(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.min(...values) : undefined
}

function most(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.max(...values) : undefined
}
