import type { ScenarioName } from '../drill/scenario-name.ts'
import type { DrillPlan } from '../drill/drill-plan.ts'
import type { Recording } from '../load/request-record.ts'
import type { Termination } from '../scenarios/terminate-server.ts'
import type { DrilledServer } from '../server/start-server.ts'
import type { Stop } from '../server/stop-server.ts'
import type { ReadyServer } from '../server/wait-until-ready.ts'
import type { RunFacts } from './run-facts.ts'

/** Gathers what was seen of a run, with times from the signal on. */
export function createFacts(
  scenario: ScenarioName,
  plan: DrillPlan,
  server: DrilledServer,
  ready: Pick<ReadyServer, 'pids'> | undefined,
  { stop, watch, terminatingMs, routedUntilMs, portBound }: Termination,
  { requests, connections }: Recording,
): RunFacts {
  const since = (ms: number): number => ms - stop.signalMs
  const sinceIf = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : since(ms))
  const secondSignalMs = sinceIf(stop.secondSignalMs)
  return {
    scenario,
    requests: requests.map((each) => ({
      ...each,
      ...{ dueMs: since(each.dueMs), sentMs: since(each.sentMs), endedMs: since(each.endedMs) },
    })),
    connections: connections.map((each) => ({
      ...each,
      ...{ openedMs: since(each.openedMs), closedMs: since(each.closedMs) },
    })),
    terminatingMs: since(terminatingMs),
    routedUntilMs: since(routedUntilMs),
    propagationMs: plan.propagationMs,
    gracePeriodMs: plan.gracePeriodMs,
    graceMs: stop.graceMs,
    stopSignal: plan.stopSignal,
    ...(secondSignalMs !== undefined && { secondSignalMs }),
    readiness: watch.readiness.map((change) => ({ ...change, atMs: since(change.atMs) })),
    liveness: watch.liveness.map((change) => ({ ...change, atMs: since(change.atMs) })),
    listenerClosedMs: sinceIf(listenerClosedAt(stop, watch, requests)),
    exit: stop.exit,
    exitMs: Math.max(0, since(stop.exitMs)),
    endedEarly: stop.exitMs < stop.signalMs,
    killedMs: sinceIf(stop.killedMs),
    leaderPid: server.pid,
    serverPids: ready?.pids ?? [],
    portBound,
    ready: ready !== undefined,
    log: server.log,
  }
}

/**
 * When nothing listened any more: as it was seen, or a client felt it, at the exit at the latest. Before the signal, a
 * refusal says nothing about it.
 */
function listenerClosedAt(
  { signalMs, exitMs }: Stop,
  watch: Termination['watch'],
  requests: Recording['requests'],
): number | undefined {
  const refused = requests.filter(({ outcome, sentMs }) => outcome === 'refused' && sentMs >= signalMs)
  const seen = [watch.listenerClosedMs ?? Infinity, ...refused.map(({ endedMs }) => endedMs)]
  const closedMs = Math.min(...seen)
  return closedMs === Infinity ? undefined : Math.max(signalMs, Math.min(closedMs, exitMs))
}
