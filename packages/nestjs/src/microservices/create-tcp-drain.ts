import type { Lifecycle, Timer } from '@lastcall/core'
import type { Server, Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { Messages } from './create-messages.ts'
import type { TransportDrain } from './create-transport-drain.ts'

/** From one look at the connections to the next, in milliseconds. */
const LOOK_MS = 25

/** A client whose message was answered may have its next one on the wire for this long, in milliseconds. */
const NEXT_MESSAGE_MS = 100

/** Connections that are never quiet are waited for during this share of the drain: the transport cannot ask them to leave. */
const QUIET_SHARE = 1 / 2

/** A client may take this long to close its side after ours, in milliseconds. */
const PEER_CLOSE_MS = 500

interface Connection {
  /** How much it had brought at the last look. */
  bytesRead: number
  /** When it brought something, or had a message in flight, for the last time; or when we closed our side. */
  activeAt: number
  ended: boolean
}

/** Makes the drain of Nest's TCP transport: closes each connection when its messages are answered and no more comes. */
export function createTcpDrain({ clock, options }: Lifecycle, server: Server, messages: Messages): TransportDrain {
  const connections = new Map<Socket, Connection>()
  const drained = Promise.withResolvers<void>()
  let isDraining = false
  let patientUntil = Infinity
  let timer: Timer

  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    connections.set(socket, { bytesRead: 0, activeAt: clock.now(), ended: false })
    socket.once('close', () => {
      connections.delete(socket)
      settle()
    })
  })

  function settle(): void {
    if (!isDraining || connections.size > 0) return
    clock.clearTimeout(timer)
    drained.resolve()
  }

  function look(): void {
    const now = clock.now()
    const busy = messages.sockets()
    for (const [socket, connection] of connections) {
      const isBusy = busy.has(socket)
      if (connection.ended) {
        if (now - connection.activeAt >= PEER_CLOSE_MS) socket.destroy()
        continue
      }
      if (isBusy || socket.bytesRead !== connection.bytesRead) connection.activeAt = now
      connection.bytesRead = socket.bytesRead
      const isQuiet = now - connection.activeAt >= NEXT_MESSAGE_MS
      if (isBusy || !(isQuiet || now >= patientUntil)) continue
      socket.end()
      connection.ended = true
      connection.activeAt = now
    }
    if (connections.size > 0) timer = clock.setTimeout(look, LOOK_MS)
  }

  return {
    drain() {
      isDraining = true
      patientUntil = clock.now() + options.drainTimeoutMs * QUIET_SHARE
      if (server.listening) server.close()
      look()
      settle()
      return drained.promise
    },
    abort() {
      for (const socket of connections.keys()) socket.destroy()
    },
  }
}
