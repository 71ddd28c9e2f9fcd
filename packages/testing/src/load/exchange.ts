import type { Connector, WireResult } from './connector.ts'
import type { Outcome, RequestRecord } from './request-record.ts'
import type { ResolvedTraffic } from './traffic.ts'

/** What one request needs. */
export interface ExchangeContext {
  readonly traffic: ResolvedTraffic
  readonly connector: Connector
  readonly now: () => number
  /** Gives the request up. */
  readonly signal: AbortSignal
  /** A good answer has begun. */
  readonly onServing: () => void
}

/**
 * Sends one request; `undefined` when it never left the client, so that it is still to be sent. Its record's times are
 * still on the clock of `now`.
 */
export async function exchange(context: ExchangeContext, startedMs: number): Promise<RequestRecord | undefined> {
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
