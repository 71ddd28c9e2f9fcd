import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A server on a port of its own, and its connections. */
export interface Served extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly sockets: readonly Socket[]
  /** Stops listening, and cuts what is connected. */
  stop(): Promise<void>
}

/** Lets a server, or one that answers with `listener`, listen. */
export async function serve(server: Server | RequestListener): Promise<Served> {
  const listening = typeof server === 'function' ? createServer(server) : server
  const sockets: Socket[] = []
  listening.on('connection', (socket) => sockets.push(socket))
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  const stop = async (): Promise<void> => {
    if (!listening.listening) return
    listening.close()
    for (const socket of sockets) socket.destroy()
    await once(listening, 'close')
  }
  return { url: `http://127.0.0.1:${port}/`, port, sockets, stop, [Symbol.asyncDispose]: stop }
}
