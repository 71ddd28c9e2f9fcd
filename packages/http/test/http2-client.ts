import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { onTestFinished } from 'vitest'

/** An HTTP/2 client that counts the GOAWAYs it gets. */
export interface Http2Client {
  readonly session: ClientHttp2Session
  /** Last stream of each GOAWAY. */
  readonly goaways: readonly number[]
  readonly closed: Promise<void>
  request(path: string): Http2Request
}

/** One request and what came of it. */
export interface Http2Request {
  readonly stream: ClientHttp2Stream
  readonly answer: Promise<{ readonly status: number | undefined; readonly body: string }>
}

/** Connects over TLS (`https:`) or in plain text (`http:`). */
export async function connectHttp2(scheme: 'http' | 'https', port: number): Promise<Http2Client> {
  const session = connect(`${scheme}://localhost:${port}`, { rejectUnauthorized: false })
  const goaways: number[] = []
  session.on('goaway', (_code, lastStream) => goaways.push(lastStream))
  session.on('error', () => {})
  const closed = new Promise<void>((resolve) => session.once('close', resolve))
  onTestFinished(() => session.destroy())
  await new Promise((resolve) => session.once('remoteSettings', resolve))
  return { session, goaways, closed, request: (path) => request(session, path) }
}

function request(session: ClientHttp2Session, path: string): Http2Request {
  const stream = session.request({ ':path': path })
  const answer = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    let status: number | undefined
    let body = ''
    stream.setEncoding('latin1')
    stream.on('response', (headers) => (status = headers[':status']))
    stream.on('data', (chunk: string) => (body += chunk))
    stream.on('end', () => resolve({ status, body }))
    stream.on('error', reject)
  })
  answer.catch(() => {})
  return { stream, answer }
}
