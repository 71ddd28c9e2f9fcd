import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Session } from '../http2/session.ts'

/** One client's connection, from its first byte that is not TLS to its end. Times are on the lifecycle's clock. */
export interface Connection {
  readonly socket: Socket
  readonly openedAt: number
  /** When its newest request began, or ended when nothing is open. */
  activeAt: number
  /** Whether it has brought a request that was no probe. */
  used: boolean
  /** HTTP/1: the response to its newest request that was not over at once; it may have closed a moment ago. */
  response: ServerResponse | undefined
  /** HTTP/1: will be looked at, as its newest request has not been over at once. */
  isRecent: boolean
  /** HTTP/1: responses before the newest that are not over, oldest first: only where a client pipelines. */
  earlier: readonly OpenResponse[]
  /** HTTP/1: a response whose head was out before the signal has told the client to come again. */
  invited: boolean
  /** HTTP/1: a response has said `Connection: close`, so that no further request counts (RFC 9112, 9.6). */
  closing: boolean
  /** The request that turned it into something else: from then on it belongs to whoever took it over. */
  upgrade: IncomingMessage | undefined
  /** HTTP/2. */
  session: Session | undefined
}

/** A response that is not over. */
export interface OpenResponse {
  readonly response: ServerResponse
  readonly startedAt: number
}

/** Shared: nearly no connection ever has an earlier response that is open. */
const NO_RESPONSES: readonly OpenResponse[] = []

/** Makes the record of a connection that was opened at `now`. */
export function createConnection(socket: Socket, now: number): Connection {
  return {
    socket,
    openedAt: now,
    activeAt: now,
    used: false,
    response: undefined,
    isRecent: false,
    earlier: NO_RESPONSES,
    invited: false,
    closing: false,
    upgrade: undefined,
    session: undefined,
  }
}

/** Its responses that are not over, oldest first. */
export function openResponses({ response, earlier, activeAt }: Connection): readonly OpenResponse[] {
  return response?.closed === false ? [...earlier, { response, startedAt: activeAt }] : earlier
}

/** Whether it is an HTTP/1 connection that nothing happens on. */
export function isIdle({ response, earlier, upgrade, session }: Connection): boolean {
  return response === undefined && earlier.length === 0 && upgrade === undefined && session === undefined
}
