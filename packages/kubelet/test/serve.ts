import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** A server of a test; disposing it cuts what is open. */
export interface TestServer extends AsyncDisposable {
  readonly port: number
}

/** Serves HTTP on a free port of loopback. */
export function serveHttp(listener: RequestListener): Promise<TestServer> {
  return listen(createServer(listener))
}

/** Serves TCP on a free port of loopback. */
export function serveTcp(listener: (socket: Socket) => void = () => undefined): Promise<TestServer> {
  return listen(createTcpServer(listener))
}

/** Listens on a free port of loopback. */
export async function listen(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    // A probe may cut its connection at any time.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
