import { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { AttachableServer } from '../attachable-server.ts'

/**
 * Destroys the HTTP/1 connections of a server on which no request has begun, half-parsed heads included: Node's own
 * `closeIdleConnections` is the only one who knows. It takes a response that is still being sent for idle, so
 * `spared` sockets do not hear its `destroy`.
 */
export function closeIdle(server: AttachableServer, spared: readonly Socket[]): void {
  const own = new Map<Socket, Socket['destroy']>()
  for (const socket of spared) {
    if (Object.hasOwn(socket, 'destroy')) own.set(socket, socket.destroy)
    socket.destroy = () => socket
  }
  try {
    HttpServer.prototype.closeIdleConnections.call(server as HttpServer)
  } finally {
    for (const socket of spared) {
      const destroy = own.get(socket)
      if (destroy) socket.destroy = destroy
      else Reflect.deleteProperty(socket, 'destroy')
    }
  }
}
