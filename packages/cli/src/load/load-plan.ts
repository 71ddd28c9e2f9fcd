/** A replica, and where it listens. */
export interface Endpoint {
  readonly name: string
  /** The address that requests go to, path included. */
  readonly url: string
}

/** What a load does. */
export interface LoadPlan {
  readonly endpoints: readonly Endpoint[]
  /** Requests that are due each second, whatever becomes of those before. */
  readonly rps: number
  /** How many connections are kept and used in turn. */
  readonly connections: number
  /** Of the requests, from 0 to 1: those on kept connections; the others open one each. */
  readonly keepAliveShare: number
  /** Kept connections speak HTTP/2. */
  readonly http2: boolean
  /** Kept connections that carry one request at the start and are idle from then on. */
  readonly idleConnections: number
  /** Requests that take long: their path, and their share of all. */
  readonly long?: { readonly path: string; readonly share: number }
  /** Streams that are kept open: their path, and how many. */
  readonly sse?: StreamPlan
  readonly websocket?: StreamPlan
  readonly timeoutMs: number
  /** For how long established connections carry requests when routing is over; then they are idle. */
  readonly settleMs: number
}

/** Long-lived streams of one kind. */
export interface StreamPlan {
  readonly path: string
  readonly clients: number
}

/** Clients that begin something just before the signal, so that it is still going on after it. */
export type CrossingKind = 'slow' | 'upload' | 'preConnect'
