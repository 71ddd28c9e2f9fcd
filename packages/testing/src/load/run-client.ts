import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Connector, WireResult } from './connector.ts'
import type { Outcome, RequestRecord } from './request-record.ts'
import type { Router } from './router.ts'
import type { ResolvedTraffic } from './traffic.ts'

/** After a failure a client waits at least this long, so that a dead service is not hammered. */
const BACKOFF_MS = 50

/** What a client works with. */
export interface ClientContext {
  readonly traffic: ResolvedTraffic
  readonly connector: Connector
  readonly router: Router
  readonly now: () => number
  /** Ends the client, and cancels what it has in flight. */
  readonly signal: AbortSignal
  /** A good answer has begun. */
  readonly onServing: () => void
  /** Its times are still on the clock of `now`. */
  readonly onRecord: (record: RequestRecord) => void
}

/**
 * One client: a closed loop of requests, for as long as a router would send them. It opens no connection when routing
 * has stopped, and goes on with an established one until the server tells it to close, or closes it.
 */
export async function runClient(context: ClientContext): Promise<void> {
  const { traffic, connector, router, now, signal } = context
  while (!signal.aborted) {
    const startedMs = now()
    if (!connector.established && !router.routesAt(startedMs)) break
    const record = await exchange(context, startedMs)
    if (record === undefined) continue
    context.onRecord(record)
    const pauseMs = record.lost ? Math.max(traffic.pauseMs, BACKOFF_MS) : traffic.pauseMs
    await pause(pauseMs, undefined, { signal }).catch(() => {})
    // What has come in is read first: on a busy machine the end of the connection may wait there since long ago.
    await nextTurn()
  }
  connector.close()
}

/** Sends one request; `undefined` when it never left the client, so that it is still to be sent. */
async function exchange(context: ClientContext, startedMs: number): Promise<RequestRecord | undefined> {
  const { traffic, connector, now, signal, onServing } = context
  const { kind, name, method, path, headers, body, timeoutMs, accept, onAnswer } = traffic
  const controller = new AbortController()
  const cancel = (): void => controller.abort('cancelled')
  signal.addEventListener('abort', cancel)
  const timer = Number.isFinite(timeoutMs) ? setTimeout(() => controller.abort('timeout'), timeoutMs) : undefined
  let text = ''
  let events = 0

  const result = await connector.send({
    method,
    path,
    headers,
    body: typeof body === 'function' ? body() : body,
    signal: controller.signal,
    onStatus: (status) => accept(status) && onServing(),
    onData(chunk) {
      if (kind === 'sse') {
        const parts = (text + chunk).split(/\r?\n\r?\n/)
        text = parts.pop() ?? ''
        events += parts.length
      } else if (onAnswer) text += chunk
    },
  })
  clearTimeout(timer)
  signal.removeEventListener('abort', cancel)
  if (result.unsent) return undefined

  const outcome = result.complete
    ? judge(result, accept)
    : ((controller.signal.reason as Outcome | undefined) ?? judge(result, accept))
  const lost = outcome !== 'ok' && outcome !== 'cancelled'
  if (result.complete) onAnswer?.({ status: result.status ?? 0, body: text })
  return {
    kind,
    name,
    request: `${method} ${path}`,
    connection: result.connection,
    startedMs,
    endedMs: now(),
    outcome,
    ...(result.status !== undefined && { status: result.status }),
    ...(result.error !== undefined && { error: result.error }),
    connectionClose: result.connectionClose,
    ...(kind === 'sse' && { events }),
    retryable: outcome === 'reset' && result.retryable,
    lost,
  }
}

const RESET_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
  'ERR_HTTP2_STREAM_CANCEL',
  'ERR_HTTP2_GOAWAY_SESSION',
])

function judge(result: WireResult, accept: (status: number) => boolean): Outcome {
  if (result.complete) return accept(result.status ?? 0) ? 'ok' : 'status'
  if (result.error === 'ECONNREFUSED') return 'refused'
  if (result.error === 'ETIMEDOUT') return 'timeout'
  if (result.status !== undefined) return 'truncated'
  return result.error === undefined || RESET_CODES.has(result.error) ? 'reset' : 'error'
}
