import { type ClientHttp2Session, connect, constants } from 'node:http2'
import type { ConnectionOptions } from 'node:tls'
import { type Connector, isIdempotent, writeBody } from './connector.ts'

interface Session {
  readonly http2: ClientHttp2Session
  /** The last stream that the server will process, once it said GOAWAY. */
  goawayAt: number | undefined
  error: NodeJS.ErrnoException | undefined
}

/**
 * A client over HTTP/2, with TLS for `https` and with prior knowledge for `http`; it keeps one session, or has one for
 * each request.
 */
export function createHttp2Connector(url: string, keepSession: boolean, tls?: ConnectionOptions): Connector {
  let current: Session | undefined

  // Node closes a session when GOAWAY comes.
  function isUsable(session: Session | undefined): session is Session {
    return session !== undefined && !session.http2.closed && !session.http2.destroyed
  }

  function open(): Session {
    const session: Session = { http2: connect(url, { ...tls }), goawayAt: undefined, error: undefined }
    session.http2.on('goaway', (_code, lastStreamId) => (session.goawayAt = lastStreamId))
    session.http2.on('error', (error: NodeJS.ErrnoException) => (session.error ??= error))
    return session
  }

  return {
    get established() {
      return isUsable(current)
    },
    send({ method, path, headers, body, signal, onStatus, onData }) {
      const reused = isUsable(current)
      const session = isUsable(current) ? current : (current = open())
      return new Promise((resolve) => {
        let status: number | undefined
        let error: NodeJS.ErrnoException | undefined
        let ended = false
        let unsent = false
        const stream = session.http2.request({ ...headers, ':method': method, ':path': path }, { signal })
        stream.setEncoding('utf8')
        stream.on('response', (fields) => onStatus((status = Number(fields[constants.HTTP2_HEADER_STATUS]))))
        stream.on('data', onData)
        stream.on('end', () => (ended = true))
        stream.on('frameError', () => (unsent = session.goawayAt !== undefined))
        stream.on('error', (cause: NodeJS.ErrnoException) => (error ??= cause))
        stream.on('close', () => {
          if (!keepSession) session.http2.close()
          const unprocessed =
            stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ||
            (session.goawayAt !== undefined && (stream.id ?? Infinity) > session.goawayAt)
          // A stream that never began carries its session's error as the cause.
          const cause = session.error ?? (error?.cause as NodeJS.ErrnoException | undefined) ?? error
          resolve({
            connection: reused ? 'reused' : 'new',
            complete: status !== undefined && ended && stream.rstCode === constants.NGHTTP2_NO_ERROR,
            connectionClose: session.goawayAt !== undefined,
            retryable: unprocessed || (reused && status === undefined && isIdempotent(method)),
            unsent,
            ...(status !== undefined && { status }),
            ...(cause && { error: cause.code ?? cause.message }),
          })
        })
        writeBody(stream, body)
      })
    },
    close: () => current?.http2.destroy(),
  }
}
