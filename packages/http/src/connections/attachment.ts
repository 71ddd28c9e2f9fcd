import type { Clock } from '@lastcall/core'
import type { Socket } from 'node:net'
import type { AttachableServer } from '../attachable-server.ts'
import { type Connection, createConnection, isIdle } from './connection.ts'

/** What is known of one attached server; its parts share and change it. */
export interface Attachment {
  readonly server: AttachableServer
  readonly clock: Clock
  mode: 'serving' | 'lameDuck' | 'draining'
  readonly connections: Map<Socket, Connection>
  /** Those of them in use: by open requests, all but those of the last few milliseconds, a session or an upgrade. */
  readonly busy: Set<Connection>
  /** TLS: every TCP connection, and when it was opened: before and below its entry in `connections`. */
  readonly transports: Map<Socket, number>
  /** Whether the server has ever listened: before that, Node knows no parser's state. */
  hasListened: boolean
  /** Connections taken from the accept queue so far. */
  accepted: number
  /** Connections that have brought no request yet but probes. */
  unused: number
  /** HTTP/1: whether there is nothing to be noted when a request begins. */
  isQuick: boolean
  /** HTTP/1: when the last request ended that was over at once, or a moment later. */
  endedAt: number
  /** When the last new connection brought its first request, probes left out. */
  lastConnectionAt: number | undefined
  /** While draining: something came or ended, so that idle connections are looked for soon. */
  wake(): void
  /** What listens to every socket: a function of its own for each of ten thousand would cost. */
  onSocketClose(this: Socket): void
  /** A connection is gone. */
  gone(): void
  /** Node says that the server is closed: its listener, and every connection that it has accepted. */
  closed(): void
}

/** The record of a socket's connection, made when it is not known yet: it may be older than the attachment. */
export function connectionOf(attachment: Attachment, socket: Socket): Connection {
  const known = attachment.connections.get(socket)
  if (known) return known
  const connection = createConnection(socket, attachment.clock.now())
  attachment.connections.set(socket, connection)
  attachment.unused++
  attachment.isQuick = false
  socket.on('close', attachment.onSocketClose)
  attachment.wake()
  return connection
}

/** Notes a TCP connection that a TLS handshake begins on. */
export function openTransport(attachment: Attachment, socket: Socket): void {
  attachment.transports.set(socket, attachment.clock.now())
  socket.once('close', () => {
    attachment.transports.delete(socket)
    attachment.gone()
  })
  attachment.wake()
}

/** Notes that something on a connection is over. */
export function noteRest({ busy }: Attachment, connection: Connection): void {
  if (isIdle(connection)) busy.delete(connection)
}

/** Notes a request that is no probe. */
export function noteUse(attachment: Attachment, connection: Connection): void {
  if (connection.used) return
  connection.used = true
  attachment.unused--
  attachment.lastConnectionAt = attachment.clock.now()
}
