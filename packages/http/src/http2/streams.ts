import type { Http2Session, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import { type Attachment, noteUse } from '../connections/attachment.ts'
import type { Connection } from '../connections/connection.ts'
import type { ProbeEndpoint } from '../probe-endpoint.ts'
import { canWarn, leave, warn } from './goaway.ts'
import type { Session } from './session.ts'

/** What HTTP/2 sessions and streams of one server go through. */
export interface Streams {
  /** Takes a session that has just begun on `connection`. */
  open(connection: Connection, session: ServerHttp2Session): void
  /** Takes a stream; `true` when it has been answered and must not be emitted. */
  receive(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean
  /** Tells the clients of all sessions to go elsewhere. */
  lameDuck(): void
}

interface Tracked {
  readonly connection: Connection
  readonly session: Session
  readonly onStreamClose: (this: ServerHttp2Stream) => void
}

/** Tracks HTTP/2 streams. Before the signal, one costs a lookup, an entry and a shared listener. */
export function createStreams(attachment: Attachment, probes: ProbeEndpoint): Streams {
  const { clock } = attachment
  const bySession = new Map<Http2Session, Tracked>()

  /** A session that has had a stream: before that, a GOAWAY would fail the request that the client connected for. */
  function sendElsewhere(connection: Connection, session: Session): void {
    if (attachment.mode === 'serving' || session.stage === 'fresh') return
    if (attachment.mode === 'draining') leave(connection, session, clock)
    else if (canWarn(session)) warn(connection, session)
    // Without a warning that refuses nothing, the best moment is right behind the last response.
    else if (session.streams.size === 0) leave(connection, session, clock)
  }

  function onStreamClose(connection: Connection, session: Session, stream: ServerHttp2Stream): void {
    session.streams.delete(stream)
    connection.activeAt = clock.now()
    sendElsewhere(connection, session)
    attachment.wake()
  }

  return {
    open(connection, nodeSession) {
      const session: Session = { session: nodeSession, streams: new Map(), stage: 'fresh' }
      connection.session = session
      attachment.busy.add(connection)
      bySession.set(nodeSession, {
        connection,
        session,
        onStreamClose() {
          onStreamClose(connection, session, this)
        },
      })
      nodeSession.once('close', () => void bySession.delete(nodeSession))
      connection.socket.once('finish', () => {
        connection.activeAt = clock.now()
        attachment.wake()
      })
    },
    receive(stream, headers) {
      const tracked = stream.session && bySession.get(stream.session)
      if (tracked) {
        const { connection, session } = tracked
        session.streams.set(stream, { headers, startedAt: clock.now() })
        stream.on('close', tracked.onStreamClose)
        if (session.stage === 'fresh') session.stage = 'open'
        sendElsewhere(connection, session)
      }
      if (probes.answerStream(stream, headers)) return true
      if (tracked) noteUse(attachment, tracked.connection)
      return false
    },
    lameDuck() {
      for (const { connection, session } of bySession.values()) sendElsewhere(connection, session)
    },
  }
}
