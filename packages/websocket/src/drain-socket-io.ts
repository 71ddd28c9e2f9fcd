import type { Lifecycle } from '@lastcall/core'
import { warnOfUnattachedServer } from '@lastcall/http'
import type { IncomingMessage } from 'node:http'
import { type CloseCode, resolveClose } from './close-code.ts'
import { createPeers } from './peers/create-peers.ts'
import { nameOf, type Peer } from './peers/peer.ts'
import { invalidOption, resolveSpread, type SpreadOptions } from './peers/spread-options.ts'

/** The WebSocket below a connection, where it has one. */
interface TransportSocket {
  readonly readyState: number
  readonly bufferedAmount: number
  close(code?: number, reason?: string): void
  terminate(): void
  once(event: 'close', listener: () => void): unknown
}

/** What is used of a connection: all namespaces of a client share one. */
interface Connection {
  readonly request: IncomingMessage
  readonly transport: { readonly name: string }
  close(discard?: boolean): void
  once(event: 'close', listener: () => void): unknown
}

type ConnectionListener = (connection: Connection) => void

/** What is used of a `Server` of `socket.io`. */
export interface SocketIoServer {
  readonly engine: {
    on(event: 'connection', listener: ConnectionListener): unknown
    off(event: 'connection', listener: ConnectionListener): unknown
  }
}

/** Options of {@link drainSocketIo}. */
export interface SocketIoOptions extends SpreadOptions {
  /** What a client on a WebSocket is told: 1001 (going away) or 1012 (service restart). @default 1001 */
  readonly code?: CloseCode
  /** How events and reports name the server. @default 'socket.io' */
  readonly name?: string
}

const CLOSED = 3

/**
 * Has a lifecycle close the connections of a Socket.IO server so that its clients connect again by themselves. Call it
 * when `io` has its HTTP server, which is attached as ever, and before it has connections. The return value detaches
 * it. Throws `LASTCALL_INVALID_OPTION`.
 */
export function drainSocketIo(lifecycle: Lifecycle, io: SocketIoServer, options: SocketIoOptions = {}): () => void {
  const [code, reason] = resolveClose(options.code)
  const { engine } = io as Partial<SocketIoServer>
  if (!engine) throw invalidOption('io', engine, 'a Socket.IO server that has its HTTP server: new Server(server)')
  const { name = 'socket.io' } = options
  const peers = createPeers(lifecycle, name, resolveSpread(options, lifecycle.options))

  function track(connection: Connection): void {
    warnOfUnattachedServer(lifecycle, connection.request.socket)
    const remove = peers.add(peerOf(connection, (socket) => socket.close(code, reason)))
    connection.once('close', () => {
      const socket = socketOf(connection)
      // Engine.IO takes its connection for closed once it has asked for that.
      if (socket && socket.readyState !== CLOSED) socket.once('close', remove)
      else remove()
    })
  }

  engine.on('connection', track)
  return () => {
    engine.off('connection', track)
    peers.end()
  }
}

function peerOf(connection: Connection, closeSocket: (socket: TransportSocket) => void): Peer {
  return {
    name: nameOf(connection.request),
    close() {
      // Not `socket.disconnect()` of Socket.IO: a client that is told to go by that does not come back by itself.
      const socket = socketOf(connection)
      if (socket) closeWith(socket, closeSocket)
      connection.close()
    },
    terminate() {
      socketOf(connection)?.terminate()
      connection.close(true)
    },
    hasUnsent() {
      const { writeBuffer = [] } = connection as { readonly writeBuffer?: readonly unknown[] }
      return writeBuffer.length > 0 || (socketOf(connection)?.bufferedAmount ?? 0) > 0
    },
  }
}

/** Engine.IO closes without a code, behind what it has still to send: with ours then. */
function closeWith(socket: TransportSocket, closeSocket: (socket: TransportSocket) => void): void {
  const { close } = socket
  socket.close = () => {
    socket.close = close
    closeSocket(socket)
  }
}

function socketOf({ transport }: Connection): TransportSocket | undefined {
  return transport.name === 'websocket' ? (transport as { readonly socket?: TransportSocket }).socket : undefined
}
