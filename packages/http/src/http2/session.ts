import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'

/** What is known of one HTTP/2 session. */
export interface Session {
  readonly session: ServerHttp2Session
  readonly streams: Map<ServerHttp2Stream, OpenStream>
  /** No stream yet; streams; told to go elsewhere; being ended. */
  stage: 'fresh' | 'open' | 'warned' | 'leaving'
}

/** A stream that is not over. */
export interface OpenStream {
  readonly headers: IncomingHttpHeaders
  readonly startedAt: number
}
