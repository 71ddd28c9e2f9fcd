import type { RunFacts } from '../src/facts/run-facts.ts'
import type { ConnectionRecord, RequestRecord } from '../src/load/request-record.ts'

/** An answered request on a kept connection, sent 100 ms before the signal. */
export function exampleRequest(changes: Partial<RequestRecord> = {}): RequestRecord {
  const { sentMs = -100 } = changes
  return {
    ...{ client: 'keepAlive', endpoint: 'replica-1', connection: 1, reused: true },
    ...{ dueMs: sentMs, sentMs, endedMs: sentMs + 10, outcome: 'answered', close: sentMs > 0 },
    ...changes,
  }
}

/** A connection that was open from before the signal until shortly after it. */
export function exampleConnection(changes: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    ...{ connection: 1, endpoint: 'replica-1', client: 'keepAlive' },
    ...{ openedMs: -500, closedMs: 20, closedBy: 'client' },
    ...changes,
  }
}

/** A run without a fault: routed to for 5 s, listening for 6 s, gone after 6.1 s of 30 s. */
export function exampleFacts(changes: Partial<RunFacts> = {}): RunFacts {
  return {
    scenario: 'terminate',
    requests: [exampleRequest(), exampleRequest({ sentMs: 400 }), exampleRequest({ sentMs: 4990 })],
    connections: [exampleConnection()],
    ...{ terminatingMs: -1, routedUntilMs: 4999, propagationMs: 5000, gracePeriodMs: 30_000, graceMs: 30_000 },
    stopSignal: 'SIGTERM',
    readiness: [
      { atMs: -1900, healthy: true, status: 200 },
      { atMs: 80, healthy: false, status: 503 },
    ],
    liveness: [{ atMs: -1900, healthy: true, status: 200 }],
    ...{ listenerClosedMs: 6000, exit: { code: 0, signal: null, leftovers: [] }, exitMs: 6100, killedMs: undefined },
    ...{ leaderPid: 100, serverPids: [100], portBound: false, ready: true, endedEarly: false, log: [] },
    ...changes,
  }
}
