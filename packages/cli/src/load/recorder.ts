import type { Exchange } from './http1-connection.ts'
import { judgeOutcome } from './judge-outcome.ts'
import type { ClientKind, ConnectionRecord, Recording, RequestRecord } from './request-record.ts'

/** Errors of this side: the machine has no port or file descriptor left. They say nothing about the server. */
const LOCAL_ERRORS = new Set(['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS'])

/** Where an exchange took place. */
export interface ExchangeContext {
  readonly client: ClientKind
  readonly endpoint: string
  readonly connection: number
  readonly dueMs: number
}

/** Keeps what happened until it is taken. */
export interface Recorder {
  readonly inFlight: number
  readonly unsent: number
  readonly unsentError: string | undefined
  /** A request is on its way. */
  begin(): void
  /** It is given up by the load itself, and leaves no record. */
  forget(): void
  /** It has ended. */
  end(context: ExchangeContext, exchange: Exchange): void
  connectionClosed(record: ConnectionRecord): void
  /** What happened since the last call. */
  take(): Recording
}

/** Makes a recorder. */
export function createRecorder(): Recorder {
  let requests: RequestRecord[] = []
  let connections: ConnectionRecord[] = []
  let inFlight = 0
  let unsent = 0
  let unsentError: string | undefined

  return {
    get inFlight() {
      return inFlight
    },
    get unsent() {
      return unsent
    },
    get unsentError() {
      return unsentError
    },
    begin: () => void inFlight++,
    forget: () => void inFlight--,
    end(context, exchange) {
      inFlight--
      const { reused, sentMs, endedMs, status, close, error } = exchange
      if (error !== undefined && LOCAL_ERRORS.has(error)) {
        unsent++
        unsentError ??= error
        return
      }
      requests.push({
        ...context,
        ...{ reused, sentMs, endedMs, close, outcome: judgeOutcome(exchange) },
        ...(status !== undefined && { status }),
        ...(error !== undefined && { error }),
      })
    },
    connectionClosed: (record) => void connections.push(record),
    take() {
      const taken = { requests, connections }
      requests = []
      connections = []
      return taken
    },
  }
}
