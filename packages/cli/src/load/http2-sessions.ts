import { type ClientHttp2Session, connect, constants } from 'node:http2'
import type { Exchange } from './http1-connection.ts'
import { type LoadContext, settleExchange } from './load-context.ts'
import type { Endpoint } from './load-plan.ts'
import { now } from './now.ts'

/** A session carries many requests at once: one stands for so many connections. */
const CONNECTIONS_PER_SESSION = 10

interface Session {
  readonly id: number
  readonly endpoint: Endpoint
  readonly http2: ClientHttp2Session
  requests: number
  /** The last stream that the server will process, once it said GOAWAY. */
  goawayAt: number | undefined
  error: NodeJS.ErrnoException | undefined
}

/**
 * Sends requests over HTTP/2 sessions, each in turn. One that the server said GOAWAY on is replaced, while the platform
 * routes. What GOAWAY has overtaken in this process never left it, and is sent again.
 */
export function createHttp2Sessions(context: LoadContext): { send(dueMs: number): void } {
  const { plan, routing, recorder, signal } = context
  const size = Math.max(1, Math.ceil(plan.connections / CONNECTIONS_PER_SESSION))
  let sessions: Session[] = []

  function open(endpoint: Endpoint): Session {
    const http2 = connect(endpoint.url, { rejectUnauthorized: false })
    const session: Session = {
      id: context.nextId(),
      endpoint,
      http2,
      requests: 0,
      goawayAt: undefined,
      error: undefined,
    }
    let openedMs: number | undefined
    http2.on('connect', () => (openedMs = now()))
    http2.on('goaway', (_code, lastStreamId) => (session.goawayAt = lastStreamId))
    http2.on('error', (error: NodeJS.ErrnoException) => (session.error ??= error))
    http2.on('close', () => {
      if (openedMs === undefined || signal.aborted) return
      recorder.connectionClosed({
        ...{
          connection: session.id,
          endpoint: endpoint.name,
          client: 'http2',
          openedMs,
          closedMs: now(),
          closedBy: 'server',
        },
      })
    })
    signal.addEventListener('abort', () => http2.destroy())
    sessions.push(session)
    return session
  }

  function take(): Session | undefined {
    sessions = sessions.filter(({ http2 }) => !http2.closed && !http2.destroyed)
    if (sessions.length < size) {
      const endpoint = routing.pick(now())
      if (endpoint) return open(endpoint)
    }
    const index = sessions.findIndex(({ endpoint }) => now() < routing.endsAt(endpoint.name) + plan.settleMs)
    const [session] = index < 0 ? [] : sessions.splice(index, 1)
    if (session) sessions.push(session)
    return session
  }

  function send(dueMs: number): void {
    const session = take()
    if (!session) return
    recorder.begin()
    void exchange(session, plan.timeoutMs).then((result) => {
      const sent = { client: 'http2', endpoint: session.endpoint.name, connection: session.id, dueMs } as const
      if (result) return settleExchange(context, sent, result)
      recorder.forget()
      if (!signal.aborted) send(dueMs)
    })
  }

  return { send }
}

/** Sends one request; `undefined` when it never left this process. */
function exchange(session: Session, timeoutMs: number): Promise<Exchange | undefined> {
  const { pathname, search } = new URL(session.endpoint.url)
  const reused = session.requests++ > 0
  const sentMs = now()
  return new Promise((resolve) => {
    const stream = session.http2.request({ ':path': pathname + search, 'user-agent': 'lastcall-drill' })
    let status: number | undefined
    let ended = false
    let unsent = false
    let timedOut = false
    let error: NodeJS.ErrnoException | undefined
    const timer = setTimeout(() => {
      timedOut = true
      stream.close(constants.NGHTTP2_CANCEL)
    }, timeoutMs)
    stream.on('response', (headers) => (status = headers[':status']))
    stream.on('end', () => (ended = true))
    stream.on('frameError', () => (unsent = session.goawayAt !== undefined))
    stream.on('error', (cause: NodeJS.ErrnoException) => (error ??= cause))
    stream.on('close', () => {
      clearTimeout(timer)
      if (unsent) return resolve(undefined)
      const complete = status !== undefined && ended && stream.rstCode === constants.NGHTTP2_NO_ERROR
      const unprocessed =
        stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ||
        (session.goawayAt !== undefined && (stream.id ?? Infinity) > session.goawayAt)
      // A stream that never began carries its session's error as the cause.
      const cause = session.error ?? (error?.cause as NodeJS.ErrnoException | undefined) ?? error
      resolve({
        ...{ sentMs, endedMs: now(), reused, complete, begun: status !== undefined, timedOut },
        ...{ close: session.goawayAt !== undefined, retryable: !complete && unprocessed },
        ...(status !== undefined && { status }),
        ...(!complete && { error: cause?.code ?? cause?.message ?? 'the stream ended' }),
      })
    })
    stream.resume()
    stream.end()
  })
}
