import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import { type Connector, isIdempotent, writeBody } from './connector.ts'

/** A client over HTTP/1.1; `keepAlive` keeps its one connection, otherwise each request has its own. */
export function createHttp1Connector(url: string, keepAlive: boolean, tls?: ConnectionOptions): Connector {
  const { Agent, request: open } = url.startsWith('https:') ? https : http
  const agent = new Agent({ keepAlive, maxSockets: 1, ...tls })

  return {
    get established() {
      return hasIdleSocket(agent)
    },
    send({ method, path, headers, body, signal, onStatus, onData }) {
      return new Promise((resolve) => {
        let response: IncomingMessage | undefined
        let error: NodeJS.ErrnoException | undefined
        const request = open(`${url}${path}`, { agent, method, headers, signal })
        request.on('response', (message) => {
          response = message.setEncoding('utf8')
          onStatus(message.statusCode ?? 0)
          message.on('data', onData)
          message.on('error', (cause: NodeJS.ErrnoException) => (error ??= cause))
        })
        request.on('error', (cause: NodeJS.ErrnoException) => (error ??= cause))
        request.on('close', () =>
          resolve({
            connection: request.reusedSocket ? 'reused' : 'new',
            complete: response?.complete ?? false,
            connectionClose: /\bclose\b/i.test(response?.headers.connection ?? ''),
            retryable: request.reusedSocket && !response && isIdempotent(method),
            ...(response?.statusCode && { status: response.statusCode }),
            ...(error && { error: error.code ?? error.message }),
          }),
        )
        writeBody(request, body)
      })
    },
    close: () => agent.destroy(),
  }
}

/** Whether the agent would use an established connection. One that the server has ended is closed, as clients do. */
function hasIdleSocket(agent: http.Agent): boolean {
  const sockets = Object.values(agent.freeSockets).flatMap((list) => list ?? [])
  for (const socket of sockets) if (socket.readableEnded || !socket.writable) socket.destroy()
  return sockets.some((socket) => !socket.destroyed)
}
