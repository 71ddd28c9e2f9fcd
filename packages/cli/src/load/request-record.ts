import type { Outcome } from '../drill/result.ts'

/** What sends requests. */
export type ClientKind =
  'keepAlive' | 'idle' | 'new' | 'long' | 'http2' | 'sse' | 'websocket' | 'slow' | 'upload' | 'preConnect'

/** One request, as its client saw it. Times are of `now`. */
export interface RequestRecord {
  readonly client: ClientKind
  /** Which replica it was sent to. */
  readonly endpoint: string
  /** The connection's number. */
  readonly connection: number
  /** Whether its connection had carried a request before. */
  readonly reused: boolean
  /** When it was to be sent; latency counts from here. */
  readonly dueMs: number
  readonly sentMs: number
  readonly endedMs: number
  readonly outcome: Outcome
  readonly status?: number
  /** The answer told to use the connection no more. */
  readonly close: boolean
  /** What went wrong, as the system names it. */
  readonly error?: string
}

/** One connection, as its client saw it. Times are of `now`. */
export interface ConnectionRecord {
  readonly connection: number
  readonly endpoint: string
  readonly client: ClientKind
  readonly openedMs: number
  readonly closedMs: number
  /** Who ended it; the client where the server had told it to. */
  readonly closedBy: 'server' | 'client'
}

/** What a load saw. */
export interface Recording {
  readonly requests: readonly RequestRecord[]
  readonly connections: readonly ConnectionRecord[]
}
