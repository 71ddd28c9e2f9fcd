import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Connector } from './connector.ts'
import { exchange } from './exchange.ts'
import type { RequestRecord } from './request-record.ts'
import type { Router } from './router.ts'
import type { ResolvedTraffic } from './traffic.ts'

/** After a failure a client waits at least this long, so that a dead service is not hammered. */
const BACKOFF_MS = 50

/** What a client works with. */
export interface ClientContext {
  readonly traffic: ResolvedTraffic
  readonly connector: Connector
  readonly router: Router
  readonly now: () => number
  /** Ends the client, and cancels what it has in flight. */
  readonly signal: AbortSignal
  /** A good answer has begun. */
  readonly onServing: () => void
  /** Its times are still on the clock of `now`. */
  readonly onRecord: (record: RequestRecord) => void
}

/**
 * One client: a closed loop of requests, for as long as a router would send them. It opens no connection when routing
 * has stopped, and goes on with an established one until the server tells it to close, or closes it.
 */
export async function runClient(context: ClientContext): Promise<void> {
  const { traffic, connector, router, now, signal } = context
  while (!signal.aborted) {
    const startedMs = now()
    if (!connector.established && !router.routesAt(startedMs)) break
    const record = await exchange(context, startedMs)
    if (record === undefined) continue
    context.onRecord(record)
    const pauseMs = record.lost ? Math.max(traffic.pauseMs, BACKOFF_MS) : traffic.pauseMs
    await pause(pauseMs, undefined, { signal }).catch(() => {})
    // What has come in is read first: on a busy machine the end of the connection may wait there since long ago.
    await nextTurn()
  }
  connector.close()
}
