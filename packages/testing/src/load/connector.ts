import type { ClientRequest } from 'node:http'
import type { ClientHttp2Stream } from 'node:http2'
import { pipeline, Readable } from 'node:stream'
import type { RequestRecord } from './request-record.ts'
import type { TrafficBody } from './traffic.ts'

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: TrafficBody | undefined
  /** Gives the request up. */
  readonly signal: AbortSignal
  /** The answer has begun. */
  readonly onStatus: (status: number) => void
  readonly onData: (text: string) => void
}

/** How a request ended on the wire; what it means is decided elsewhere. */
export interface WireResult extends Pick<RequestRecord, 'status' | 'error' | 'connectionClose' | 'connection'> {
  /** Whether the answer came to its end. */
  readonly complete: boolean
  /** Whether the protocol says that it was not processed, or it is idempotent and its reused connection ended. */
  readonly retryable: boolean
  /** It never left the client: the server's GOAWAY had come when it was to be written. HTTP/2 clients send it elsewhere. */
  readonly unsent?: boolean
}

/** One client's side of the connections to a service. One request at a time. */
export interface Connector {
  /** Whether the next request can use an established connection that the server has not told to close. */
  readonly established: boolean
  /** Sends a request and reads its answer. Never rejects. */
  send(request: OutgoingRequest): Promise<WireResult>
  /** Closes what is open. */
  close(): void
}

/** Whether a method may be sent twice (RFC 9110 9.2.2). */
export function isIdempotent(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(method)
}

/** Writes a body, if there is one, and ends the request. The head goes first, whenever the body's first piece comes. */
export function writeBody(request: ClientRequest | ClientHttp2Stream, body: TrafficBody | undefined): void {
  if (body === undefined) request.end()
  else if (typeof body === 'string') request.end(body)
  else {
    if ('flushHeaders' in request) request.flushHeaders()
    pipeline(Readable.from(body), request, () => {}) // The request's own events tell how it ended.
  }
}
