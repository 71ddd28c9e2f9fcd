import { type LoadContext, openConnection, recordExchange } from './load-context.ts'
import { now } from './now.ts'
import type { ClientKind } from './request-record.ts'
import { requestText } from './request-text.ts'

/** Sends a request on a connection of its own, as long as the platform routes. `path` replaces that of the endpoint. */
export function sendSingle(context: LoadContext, client: ClientKind, dueMs: number, path?: string): void {
  const endpoint = context.routing.pick(now())
  if (!endpoint) return
  const url = path === undefined ? new URL(endpoint.url) : new URL(path, endpoint.url)
  const connection = openConnection(context, endpoint, client)
  const head = requestText(url, 'GET', { Connection: 'close' })
  void recordExchange(context, connection, { client, dueMs }, (socket) => socket.write(head)).then(connection.close)
}
