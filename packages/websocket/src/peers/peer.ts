import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'

/** A client on a connection that lasts: a WebSocket, a Socket.IO connection, a stream of events. */
export interface Peer {
  /** What a reader of the report recognises: `GET /chat`. */
  readonly name: string
  /** Ends it as its protocol does, behind all that was sent to it. */
  close(): void
  /** Cuts it. */
  terminate(): void
  /** Whether something that was sent to it has not left this process. */
  hasUnsent(): boolean
}

/** A request as reports name it: without the query, which may hold what belongs in no report. */
export function nameOf({
  method = 'GET',
  url = '/',
}: Pick<IncomingMessage | Http2ServerRequest, 'method' | 'url'>): string {
  return `${method} ${url.split('?', 1)[0]}`
}
