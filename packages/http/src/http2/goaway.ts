import type { Clock } from '@lastcall/core'
import { constants } from 'node:http2'
import type { Connection } from '../connections/connection.ts'
import type { Session } from './session.ts'

/** How long a client may take to answer the ping that shows that it has read the warning, in milliseconds. */
const PING_TIMEOUT_MS = 1000

/** Above every stream that a client can open. */
const LAST_STREAM_OF_ALL = 2 ** 31 - 1

/** 8 bytes of type GOAWAY, no flags, stream 0; then the last stream and NO_ERROR (RFC 9113, 6.8). */
const WARNING = Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0])

/**
 * Whether a client can be told to go elsewhere while everything that it still sends is served. Node has no call for
 * that: after `session.goaway()` nghttp2 ignores new streams, whatever last stream it was told. On a plain socket the
 * frame can be written between the session's own writes, which are whole frames; a TLS socket takes one writer only.
 */
export function canWarn({ session }: Session): boolean {
  return !session.encrypted
}

/** Sends the first of two GOAWAYs, the one that refuses nothing. */
export function warn({ socket }: Connection, session: Session): void {
  if (session.stage === 'warned' || isEnding(session)) return
  session.stage = 'warned'
  if (socket.writable) socket.write(WARNING)
}

/**
 * Ends a session: a warning, then the final GOAWAY once the client has read it; open streams finish. Over TLS, a
 * stream that crosses the warning is refused by the final GOAWAY, which tells the client that it may be sent again.
 */
export function leave(connection: Connection, session: Session, clock: Clock): void {
  if (isEnding(session)) return leaveEmpty(session)
  if (canWarn(session)) warn(connection, session)
  else session.session.goaway(constants.NGHTTP2_NO_ERROR, LAST_STREAM_OF_ALL)
  session.stage = 'leaving'
  leaveEmpty(session)
  const close = () => {
    clock.clearTimeout(timer)
    session.session.close()
  }
  const timer = clock.setTimeout(close, PING_TIMEOUT_MS)
  if (!session.session.ping(close)) close()
}

/** After `goaway()` nghttp2 neither reads nor writes once the last stream is over: no ping would come back. */
function leaveEmpty(session: Session): void {
  if (!canWarn(session) && session.streams.size === 0) session.session.close()
}

function isEnding({ session, stage }: Session): boolean {
  return stage === 'leaving' || session.closed || session.destroyed
}
