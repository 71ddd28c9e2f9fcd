import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Exchange } from './http1-connection.ts'
import { type LoadContext, openConnection, recordExchange, settleExchange } from './load-context.ts'
import type { Endpoint, StreamPlan } from './load-plan.ts'
import { now } from './now.ts'
import { requestText } from './request-text.ts'

/** From the end of a stream to the next. */
const RECONNECT_MS = 200
/** Streams last as long as they are wanted. */
const ENDLESS_MS = 2 ** 31 - 1
const ABNORMAL_CLOSURE = 1006

/** Keeps streams of server-sent events open: one that ends is opened again, as long as the platform routes. */
export function keepEventStreams(context: LoadContext, plan: StreamPlan): void {
  keepStreams(context, plan, async (endpoint, url) => {
    const connection = openConnection(context, endpoint, 'sse')
    const head = requestText(url, 'GET', { Accept: 'text/event-stream' })
    await recordExchange(
      context,
      connection,
      { client: 'sse', dueMs: now() },
      (socket) => socket.write(head),
      ENDLESS_MS,
    )
    connection.close()
  })
}

/** Keeps WebSockets open in the same way. One that is closed with a close frame came to its end. */
export function keepWebSockets(context: LoadContext, plan: StreamPlan): void {
  keepStreams(context, plan, async (endpoint, url) => {
    const { recorder, signal } = context
    const connection = context.nextId()
    const dueMs = now()
    recorder.begin()
    const exchange = await holdWebSocket(url, signal)
    settleExchange(context, { client: 'websocket', endpoint: endpoint.name, connection, dueMs }, exchange)
  })
}

function keepStreams(
  { routing, signal }: LoadContext,
  { path, clients }: StreamPlan,
  hold: (endpoint: Endpoint, url: URL) => Promise<void>,
): void {
  async function keep(): Promise<void> {
    while (!signal.aborted) {
      const endpoint = routing.pick(now())
      if (!endpoint) return
      await hold(endpoint, new URL(path, endpoint.url))
      await pause(RECONNECT_MS, undefined, { signal }).catch(() => {})
    }
  }
  for (let index = 0; index < clients; index++) void keep()
}

function holdWebSocket(url: URL, signal: AbortSignal): Promise<Exchange> {
  const socket = new WebSocket(url.href.replace(/^http/, 'ws'), { rejectUnauthorized: false, perMessageDeflate: false })
  const sentMs = now()
  let begun = false
  let status: number | undefined
  let error: string | undefined
  const give = (): void => socket.terminate()
  signal.addEventListener('abort', give)
  return new Promise((resolve) => {
    socket.on('open', () => (begun = true))
    socket.on('unexpected-response', (_request, response) => {
      status = response.statusCode
      socket.terminate()
    })
    socket.on('error', (cause: NodeJS.ErrnoException) => (error ??= cause.code ?? cause.message))
    socket.on('close', (code) => {
      signal.removeEventListener('abort', give)
      const complete = status !== undefined || (begun && code !== ABNORMAL_CLOSURE)
      resolve({
        ...{ sentMs, endedMs: now(), reused: false, complete, begun, close: false, timedOut: false },
        ...(status !== undefined && { status }),
        ...(!complete && { error: error ?? 'the connection ended' }),
      })
    })
  })
}
