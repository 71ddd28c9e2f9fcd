import type { Socket } from 'node:net'
import type { Attachment } from './connections/attachment.ts'
import type { Connection } from './connections/connection.ts'
import { closeIdle } from './http1/close-idle.ts'
import { leave } from './http2/goaway.ts'
import type { Session } from './http2/session.ts'

/** A connection that has brought no byte may have its first request on the wire until this age, in milliseconds. */
const FIRST_REQUEST_MS = 500

/** A client that has just got a response may have its next request on the wire for this long, in milliseconds. */
export const NEXT_REQUEST_MS = 100

/** The same where that response was begun before the signal and has told the client to come again. */
const INVITED_REQUEST_MS = 500

/** A client may take this long to close its side after ours, in milliseconds. */
const PEER_CLOSE_MS = 500

/**
 * Closes, while draining, every connection that nothing more is to come from. Runs in a check phase, after the poll
 * phase has read what was in the kernel. Returns when to look again, on the lifecycle's clock; `Infinity` when only
 * an event can change anything.
 */
export function closeFinished(attachment: Attachment): number {
  const { server, clock, connections, busy, transports, endedAt } = attachment
  const now = clock.now()
  const spared: Socket[] = []
  let nextAt = Infinity

  function isDue(dueAt: number): boolean {
    if (dueAt > now) nextAt = Math.min(nextAt, dueAt)
    return dueAt <= now
  }

  for (const connection of connections.values()) {
    const { socket, session } = connection
    if (session) {
      endSession(connection, session)
      continue
    }
    const isFresh = !connection.used && socket.bytesRead === 0
    const dueAt = isFresh ? connection.openedAt + FIRST_REQUEST_MS : nextRequestBy(connection, endedAt)
    if (busy.has(connection) || !isDue(dueAt)) spared.push(socket)
    // Only from Node 26 on does Node take a connection without a request for idle, and never on a server that does
    // not listen itself.
    else if (isFresh || !attachment.hasListened) socket.destroy()
  }
  for (const [socket, openedAt] of transports) {
    if (socket.bytesRead === 0 && isDue(openedAt + FIRST_REQUEST_MS)) socket.destroy()
  }
  closeIdle(server, spared)
  return nextAt

  function endSession(connection: Connection, session: Session): void {
    const { socket, openedAt, activeAt } = connection
    if (session.stage === 'fresh') {
      if (isDue(openedAt + FIRST_REQUEST_MS)) session.session.close()
    } else {
      leave(connection, session, clock)
    }
    if (session.session.destroyed && socket.writableFinished && isDue(activeAt + PEER_CLOSE_MS)) socket.destroy()
  }
}

function nextRequestBy({ activeAt, invited }: Connection, endedAt: number): number {
  return Math.max(activeAt + (invited ? INVITED_REQUEST_MS : NEXT_REQUEST_MS), endedAt + NEXT_REQUEST_MS)
}
