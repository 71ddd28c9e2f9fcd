import { Agent, get, type IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'

/** An answer that came to its end. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly socket: Socket
}

/** A client with one connection that it keeps. */
export interface HttpClient {
  /** Rejects when the answer does not come to its end. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>
  close(): void
}

/** Makes a client; a new one is a new connection. */
export function createHttpClient(url: string): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  return {
    get: (path, headers = {}) =>
      new Promise((resolve, reject) => {
        const request = get(`${url}${path}`, { agent, headers }, (response) => {
          const { statusCode: status = 0, headers, socket } = response
          let body = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
          response.on('end', () => resolve({ status, headers, body, socket }))
          response.on('error', reject)
        })
        request.on('error', reject)
      }),
    close: () => agent.destroy(),
  }
}
