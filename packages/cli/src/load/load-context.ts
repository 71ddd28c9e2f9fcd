import type { Routing } from './create-routing.ts'
import { type Exchange, type Http1Connection, openHttp1Connection, type WriteRequest } from './http1-connection.ts'
import type { Endpoint, LoadPlan } from './load-plan.ts'
import type { ExchangeContext, Recorder } from './recorder.ts'
import type { ClientKind } from './request-record.ts'

/** These last until somebody ends them. */
const STREAMS: ReadonlySet<ClientKind> = new Set(['sse', 'websocket'])

/** What every client of a load works with. */
export interface LoadContext {
  readonly plan: LoadPlan
  readonly routing: Routing
  readonly recorder: Recorder
  /** The load is over: what is in flight is given up. */
  readonly signal: AbortSignal
  /** Numbers connections. */
  nextId(): number
}

/** Opens an HTTP/1 connection that is closed with the load. */
export function openConnection(context: LoadContext, endpoint: Endpoint, client: ClientKind): Http1Connection {
  const { signal, recorder } = context
  const connection = openHttp1Connection({
    ...{ id: context.nextId(), endpoint: endpoint.name, url: new URL(endpoint.url), client },
    onClosed(record) {
      signal.removeEventListener('abort', connection.close)
      if (!signal.aborted) recorder.connectionClosed(record)
    },
  })
  signal.addEventListener('abort', connection.close)
  return connection
}

/** Sends a request and records how it ended. Never rejects. */
export async function recordExchange(
  context: LoadContext,
  connection: Http1Connection,
  sent: Pick<ExchangeContext, 'client' | 'dueMs'>,
  write: WriteRequest,
  timeoutMs = context.plan.timeoutMs,
): Promise<void> {
  context.recorder.begin()
  const exchange = await connection.send(write, timeoutMs)
  settleExchange(context, { ...sent, endpoint: connection.endpoint, connection: connection.id }, exchange)
}

/**
 * Records how a request ended. What the load itself gave up at its end is no record, unless nobody could have answered
 * it any more: it was sent to an endpoint that has gone.
 */
export function settleExchange(
  { recorder, routing, signal }: LoadContext,
  sent: ExchangeContext,
  exchange: Exchange,
): void {
  if (!signal.aborted) recorder.end(sent, exchange)
  else if (STREAMS.has(sent.client) || routing.endsAt(sent.endpoint) > exchange.endedMs) recorder.forget()
  else recorder.end(sent, { ...exchange, complete: false, timedOut: true })
}
