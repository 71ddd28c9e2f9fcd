import type { Lifecycle } from '@lastcall/core'
import { type AttachableServer, attachServer, warnOfUnattachedServer } from '@lastcall/http'
import type { IncomingMessage } from 'node:http'
import { type CloseCode, resolveClose } from './close-code.ts'
import { createPeers } from './peers/create-peers.ts'
import { nameOf } from './peers/peer.ts'
import { resolveSpread, type SpreadOptions } from './peers/spread-options.ts'

/** What is used of a `WebSocket` of `ws`. */
export interface WebSocketLike {
  readonly bufferedAmount: number
  close(code: number, reason: string): void
  terminate(): void
  once(event: 'close', listener: () => void): unknown
}

type ConnectionListener = (socket: WebSocketLike, request: IncomingMessage) => void

/** What is used of a `WebSocketServer` of `ws`. */
export interface WebSocketServerLike {
  readonly options: { readonly port?: number | null | undefined }
  on(event: 'connection', listener: ConnectionListener): unknown
  off(event: 'connection', listener: ConnectionListener): unknown
}

/** Options of {@link drainWebSockets}. */
export interface WebSocketOptions extends SpreadOptions {
  /** 1001 (going away) or 1012 (service restart). @default 1001 */
  readonly code?: CloseCode
  /** How events and reports name the server. @default 'websocket' */
  readonly name?: string
}

/**
 * Has a lifecycle close the WebSockets of a `ws` server. Call it before the server has connections. The HTTP server
 * below it is attached as ever; one that `ws` made itself, for a port, is attached here. The return value detaches it.
 * Throws `LASTCALL_INVALID_OPTION`.
 */
export function drainWebSockets(
  lifecycle: Lifecycle,
  server: WebSocketServerLike,
  options: WebSocketOptions = {},
): () => void {
  const [code, reason] = resolveClose(options.code)
  const { name = 'websocket' } = options
  const peers = createPeers(lifecycle, name, resolveSpread(options, lifecycle.options))

  function track(socket: WebSocketLike, request: IncomingMessage): void {
    warnOfUnattachedServer(lifecycle, request.socket)
    const remove = peers.add({
      name: nameOf(request),
      close: () => socket.close(code, reason),
      terminate: () => socket.terminate(),
      hasUnsent: () => socket.bufferedAmount > 0,
    })
    socket.once('close', remove)
  }

  const ownServer = serverOfPort(server)
  const detach = ownServer && attachServer(lifecycle, ownServer)
  server.on('connection', track)
  return () => {
    server.off('connection', track)
    peers.end()
    detach?.()
  }
}

/** The HTTP server that `ws` has made to listen on a port: it is the only one who knows it. */
function serverOfPort(server: WebSocketServerLike): AttachableServer | undefined {
  if (server.options.port == null) return undefined
  return (server as { readonly _server?: AttachableServer })._server
}
