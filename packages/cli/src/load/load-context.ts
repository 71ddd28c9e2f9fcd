import type { Routing } from './create-routing.ts'
import { type Http1Connection, openHttp1Connection, type WriteRequest } from './http1-connection.ts'
import type { Endpoint, LoadPlan } from './load-plan.ts'
import type { Recorder } from './recorder.ts'
import type { ClientKind } from './request-record.ts'

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

/** Sends a request and records how it ended, unless the load gave it up. Never rejects. */
export async function recordExchange(
  { plan, recorder, signal }: LoadContext,
  connection: Http1Connection,
  sent: { readonly client: ClientKind; readonly dueMs: number },
  write: WriteRequest,
  timeoutMs = plan.timeoutMs,
): Promise<void> {
  recorder.begin()
  const exchange = await connection.send(write, timeoutMs)
  if (signal.aborted) recorder.forget()
  else recorder.end({ ...sent, endpoint: connection.endpoint, connection: connection.id }, exchange)
}
