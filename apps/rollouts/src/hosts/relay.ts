import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream'

/** What passes connections on. */
export interface Relay extends AsyncDisposable {
  readonly port: number
}

/** Listens on `host` and passes each connection on to a port of 127.0.0.1: a server there need not listen elsewhere. */
export async function startRelay({ host, to }: { readonly host: string; readonly to: number }): Promise<Relay> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    // One that breaks ends the other.
    pipeline(near, far, near, () => {})
  })
  server.listen(0, host)
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
