import type { TrafficKind } from './traffic.ts'

/** Every way a request can end. */
export const OUTCOMES = ['ok', 'status', 'refused', 'reset', 'truncated', 'timeout', 'error', 'cancelled'] as const

/**
 * How a request ended, as its client saw it: `ok` (answered to the end), `status` (to the end, but with an error's
 * status), `refused` (no connection), `reset` (the connection ended before any answer), `truncated` (the answer began
 * and did not end), `timeout`, `error` (anything else: it is in `error`), `cancelled` (by `load.stop()`).
 */
export type Outcome = (typeof OUTCOMES)[number]

/** One request. Times are milliseconds since the signal, negative before it; without a signal, since the load began. */
export interface RequestRecord {
  readonly kind: TrafficKind
  /** The traffic's name. */
  readonly name: string
  /** Method and path. */
  readonly request: string
  /** Whether it was the first on its connection. */
  readonly connection: 'new' | 'reused'
  readonly startedMs: number
  readonly endedMs: number
  readonly outcome: Outcome
  readonly status?: number
  /** What went wrong, as Node names it: `ECONNRESET`, `NGHTTP2_REFUSED_STREAM`. */
  readonly error?: string
  /** The server told the client to use the connection no more: `Connection: close`, GOAWAY. */
  readonly connectionClose: boolean
  /** Events received, for server-sent events. */
  readonly events?: number
  /**
   * It is lost, but an HTTP client may send it again by itself: an idempotent request on a reused connection that
   * ended without an answer (RFC 9110 9.2.2), or one that HTTP/2 says was not processed (RFC 9113 8.7).
   */
  readonly retryable: boolean
  /**
   * Not answered to the end. A client of the load only sends what a router is right to send, so that each is the
   * service's loss; only what the load itself gave up is not.
   */
  readonly lost: boolean
}
