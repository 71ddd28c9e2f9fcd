import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The port that the live stream has for itself. */
export interface LiveServer {
  readonly port: number
  /** Stops listening; streams that are open end by themselves. */
  close(): void
}

/**
 * Serves `GET /live` on a port of its own, to pages that come from the same host. It keeps no process alive.
 * Rejects when it cannot listen.
 */
export async function startLiveServer(
  address: { readonly port: number; readonly host: string },
  open: (response: ServerResponse, headers: Readonly<Record<string, string>>) => void,
): Promise<LiveServer> {
  const server = createServer((request, response) => {
    const origin = allowedOrigin(request)
    if (request.method === 'GET' && request.url === '/live' && origin !== undefined) {
      open(response, { 'access-control-allow-origin': origin, vary: 'origin', connection: 'close' })
    } else {
      response.writeHead(origin === undefined ? 403 : 404).end()
    }
  })
  server.unref()
  server.listen(address)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeIdleConnections()
    },
  }
}

/** The page is served on another port of this host: its origin is another, and only its. */
function allowedOrigin({ headers }: IncomingMessage): string | undefined {
  const { origin = '', host } = headers
  const hostname = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined
  return URL.canParse(origin) && new URL(origin).hostname === hostname ? origin : undefined
}
