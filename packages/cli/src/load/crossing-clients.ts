import { type LoadContext, openConnection, recordExchange } from './load-context.ts'
import type { CrossingKind, Endpoint } from './load-plan.ts'
import { now } from './now.ts'
import { requestText } from './request-text.ts'

/** A request that comes bit by bit takes so long. */
const SLOW_MS = 1200
const PIECES = 12
/** A connection that was opened beforehand is used after this long, where it is used at all. */
const FIRST_USE_MS = 500
const UPLOAD_BYTES = 96 * 1024

/**
 * Begins what is to be going on at the signal. `slow`: requests whose heads come bit by bit, and a connection whose
 * request never comes to an end. `upload`: bodies that come bit by bit. `preConnect`: connections that carry nothing;
 * every second one is used later.
 */
export function startCrossing(context: LoadContext, kind: CrossingKind, clients: number, endpoint: Endpoint): void {
  for (let index = 0; index < clients; index++) {
    const url = new URL(endpoint.url)
    if (kind === 'slow') sendPieces(context, endpoint, kind, requestText(url, 'GET', { Connection: 'close' }), '')
    else if (kind === 'upload') sendPieces(context, endpoint, kind, uploadHead(url), 'x'.repeat(UPLOAD_BYTES))
    else preConnect(context, endpoint, index % 2 === 0)
  }
  if (kind === 'slow') openEndless(context, endpoint)
}

function uploadHead(url: URL): string {
  const headers = { 'Content-Type': 'text/plain', 'Content-Length': String(UPLOAD_BYTES), Connection: 'close' }
  return requestText(url, 'POST', headers)
}

/** The head at once and the body bit by bit; without a body, the head bit by bit. */
function sendPieces(context: LoadContext, endpoint: Endpoint, client: CrossingKind, head: string, body: string): void {
  const slow = body === '' ? head : body
  const size = Math.ceil(slow.length / PIECES)
  const pieces = Array.from({ length: PIECES }, (_, index) => slow.slice(index * size, (index + 1) * size))
  const connection = openConnection(context, endpoint, client)
  void recordExchange(context, connection, { client, dueMs: now() }, (socket) => {
    if (body !== '') socket.write(head)
    const timer = setInterval(() => {
      const piece = pieces.shift()
      if (piece === undefined) clearInterval(timer)
      else if (socket.writable) socket.write(piece)
    }, SLOW_MS / PIECES)
    socket.once('close', () => clearInterval(timer))
  }).then(connection.close)
}

function preConnect(context: LoadContext, endpoint: Endpoint, used: boolean): void {
  const connection = openConnection(context, endpoint, 'preConnect')
  if (!used) return
  const head = requestText(new URL(endpoint.url), 'GET', { Connection: 'close' })
  const timer = setTimeout(() => {
    // One that the server has closed meanwhile is not used; its client opens another.
    if (!connection.idle) return
    const sent = { client: 'preConnect', dueMs: now() } as const
    void recordExchange(context, connection, sent, (socket) => socket.write(head)).then(connection.close)
  }, FIRST_USE_MS)
  context.signal.addEventListener('abort', () => clearTimeout(timer))
}

/** A request that never ends is nobody's loss, but must not keep the server from its end. */
function openEndless(context: LoadContext, endpoint: Endpoint): void {
  const connection = openConnection(context, endpoint, 'slow')
  void connection.send(
    (socket) => {
      socket.write(`GET / HTTP/1.1\r\nHost: ${new URL(endpoint.url).host}\r\nX-Slow: `)
      const timer = setInterval(() => socket.writable && socket.write('x'), 200)
      socket.once('close', () => clearInterval(timer))
    },
    2 ** 31 - 1,
  )
}
