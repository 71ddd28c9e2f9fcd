import type { Work } from '@lastcall/core'
import type { Socket } from 'node:net'
import type { Attachment } from './connections/attachment.ts'
import { closeIdle } from './http1/close-idle.ts'
import { listInFlight } from './in-flight.ts'

/** Destroys every connection of a server and says what was cut, half-sent requests and handshakes included. */
export function cutConnections(attachment: Attachment): readonly Work[] {
  const { server, clock, connections, busy, transports } = attachment
  const now = clock.now()
  const cut: Work[] = [...listInFlight(attachment)]
  // What Node knows to be idle goes first: what is left without a response has sent half a request.
  closeIdle(server, [])
  for (const connection of connections.values()) {
    const { socket, session, activeAt } = connection
    const isHalfSent = !busy.has(connection) && !socket.destroyed && Boolean(socket.bytesRead)
    if (isHalfSent) cut.push({ kind: 'connection', name: `half a request${from(socket)}`, ageMs: now - activeAt })
    session?.session.destroy()
    socket.destroy()
  }
  // A TLS connection takes its transport with it; what is left was in the middle of its handshake.
  for (const [socket, openedAt] of transports) {
    if (socket.destroyed) continue
    if (socket.bytesRead > 0) {
      cut.push({ kind: 'connection', name: `TLS handshake${from(socket)}`, ageMs: now - openedAt })
    }
    socket.destroy()
  }
  return cut
}

function from({ remoteAddress }: Socket): string {
  return remoteAddress === undefined ? '' : ` from ${remoteAddress}`
}
