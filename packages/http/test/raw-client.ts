import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { until } from './until.ts'

/** A client that says exactly what it is told to, and keeps what it gets. */
export interface RawClient {
  readonly socket: Socket
  /** All that came, as Latin-1. */
  readonly text: string
  /** How the connection ended; `undefined` while it has not. */
  readonly end: 'closed' | 'reset' | undefined
  /** Statuses of the final responses, in order. */
  readonly statuses: readonly number[]
  /** The `Connection` header of each final response, in order. */
  readonly connectionHeaders: readonly string[]
  send(text: string): void
  /** Waits until `text` has come. */
  saw(text: string): Promise<void>
  /** Waits until the connection has ended. */
  ended(): Promise<'closed' | 'reset'>
}

/** Connects; resolves when the handshake, if there is one, is done. */
export async function connectRaw(port: number, options: { tls?: boolean; alpn?: string } = {}): Promise<RawClient> {
  const socket = options.tls
    ? connectTls({ port, rejectUnauthorized: false, ALPNProtocols: [options.alpn ?? 'http/1.1'] })
    : connectTcp(port)
  let text = ''
  let end: RawClient['end']
  let error: NodeJS.ErrnoException | undefined
  socket.on('data', (data: Buffer) => (text += data.toString('latin1')))
  socket.on('error', (cause: NodeJS.ErrnoException) => (error = cause))
  socket.on('close', () => (end = error ? 'reset' : 'closed'))
  await new Promise<void>((resolve, reject) => {
    socket.once(options.tls ? 'secureConnect' : 'connect', resolve)
    socket.once('close', () => reject(error ?? new Error('The connection closed before it was open.')))
  })

  const heads = () => text.match(/HTTP\/1\.1 [2-5]\d\d [^]*?\r\n\r\n/g) ?? []
  return {
    socket,
    get text() {
      return text
    },
    get end() {
      return end
    },
    get statuses() {
      return heads().map((head) => Number(head.slice(9, 12)))
    },
    get connectionHeaders() {
      return heads().map((head) => /^connection: (.*)$/im.exec(head)?.[1]?.trim() ?? '')
    },
    send: (data) => void socket.write(data, 'latin1'),
    saw: (expected) => until(`the client saw '${expected}'; it saw: ${text}`, () => text.includes(expected)),
    async ended() {
      await until('the connection ended', () => end !== undefined)
      return end ?? 'closed'
    },
  }
}

/** A GET as a client sends it. */
export function get(path: string, ...headers: string[]): string {
  return ['GET ' + path + ' HTTP/1.1', 'Host: localhost', ...headers, '', ''].join('\r\n')
}
