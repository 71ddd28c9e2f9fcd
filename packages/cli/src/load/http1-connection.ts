import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { now } from './now.ts'
import type { ClientKind, ConnectionRecord } from './request-record.ts'
import { createResponseParser } from './response-parser.ts'

/** How one request went on the wire; what it means is decided elsewhere. */
export interface Exchange {
  readonly sentMs: number
  readonly endedMs: number
  readonly reused: boolean
  /** The answer came to its end. */
  readonly complete: boolean
  /** Something of an answer came. */
  readonly begun: boolean
  readonly status?: number
  readonly close: boolean
  readonly timedOut: boolean
  /** HTTP/2 said that the request was not processed. */
  readonly retryable?: boolean
  readonly error?: string
}

/** Writes a request to a connection, at once or bit by bit. */
export type WriteRequest = (socket: Socket) => void

/** One connection that carries one request at a time. */
export interface Http1Connection {
  readonly id: number
  readonly endpoint: string
  /** Another request may be sent on it now. */
  readonly idle: boolean
  /** Nothing can be sent on it any more. */
  readonly ended: boolean
  /** Sends a request and reads the answer. Never rejects. */
  send(write: WriteRequest, timeoutMs: number): Promise<Exchange>
  close(): void
}

/** Where a connection goes, and who is told of its end. */
export interface ConnectionOptions {
  readonly id: number
  readonly endpoint: string
  readonly url: URL
  readonly client: ClientKind
  /** Not called where no connection came about. */
  readonly onClosed: (record: ConnectionRecord) => void
}

interface Pending {
  readonly sentMs: number
  readonly reused: boolean
  readonly timer: NodeJS.Timeout
  readonly resolve: (exchange: Exchange) => void
}

/** Opens a connection. */
export function openHttp1Connection({ id, endpoint, url, client, onClosed }: ConnectionOptions): Http1Connection {
  const socket = openSocket(url)
  const parser = createResponseParser()
  let openedMs: number | undefined
  let closedBy: ConnectionRecord['closedBy'] = 'server'
  let pending: Pending | undefined
  let ended = false
  let exchanges = 0
  let timedOut = false
  let failure: string | undefined

  function finish(complete: boolean): void {
    if (!pending) return
    const { sentMs, reused, timer, resolve } = pending
    pending = undefined
    clearTimeout(timer)
    const { head, begun } = parser
    resolve({
      ...{ sentMs, reused, complete, begun, timedOut, endedMs: now(), close: head?.close ?? false },
      ...(head && { status: head.status }),
      ...(!complete && { error: failure ?? 'the connection ended' }),
    })
    parser.reset()
  }

  function close(): void {
    if (!ended) closedBy = 'client'
    ended = true
    socket.destroy()
  }

  function onData(chunk: Buffer): void {
    // Nothing was asked: what a server says by itself, such as 408, is its way to end the connection.
    if (!pending) return void (ended = true)
    try {
      if (!parser.feed(chunk)) return
    } catch (error) {
      failure = (error as Error).message
      return close()
    }
    const mustClose = parser.head?.close
    finish(true)
    if (mustClose) close()
  }

  socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (openedMs = now()))
  socket.on('data', onData)
  socket.on('end', () => (ended = true))
  socket.on('error', (error: NodeJS.ErrnoException) => (failure ??= error.code ?? error.message))
  socket.on('close', () => {
    ended = true
    finish(parser.end())
    if (openedMs !== undefined) onClosed({ connection: id, endpoint, client, openedMs, closedMs: now(), closedBy })
  })

  return {
    id,
    endpoint,
    get idle() {
      return !pending && !ended
    },
    get ended() {
      return ended
    },
    send(write, timeoutMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          timedOut = true
          close()
        }, timeoutMs)
        pending = { sentMs: now(), reused: exchanges++ > 0, timer, resolve }
        write(socket)
      })
    },
    close,
  }
}

function openSocket(url: URL): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const socket =
    url.protocol === 'https:'
      ? connectTls({ host, port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
      : connectTcp({ host, port })
  return socket.setNoDelay(true)
}
