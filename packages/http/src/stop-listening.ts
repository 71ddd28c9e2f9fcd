import { Server } from 'node:net'
import type { AttachableServer } from './attachable-server.ts'

/**
 * Closes the listener and nothing else. `http.Server#close` would destroy connections whose last response is still
 * being sent, and `Http2Server#close` sends a final GOAWAY at once.
 */
export function stopListening(server: AttachableServer): void {
  if (server.listening) Server.prototype.close.call(server)
}

/**
 * Has a later `server.close()`, by a framework or its user, wait for `drained` and succeed: the listener is closed
 * already, which Node would call an error. The return value takes it back.
 */
export function joinClose(server: AttachableServer, drained: Promise<void>): () => void {
  const close: (callback?: (error?: Error) => void) => unknown = server.close
  const own = Object.hasOwn(server, 'close')

  function joined(this: AttachableServer, callback?: (error?: Error) => void): AttachableServer {
    void drained.then(() => {
      Reflect.apply(close, server, [
        (error?: NodeJS.ErrnoException) => callback?.(error?.code === 'ERR_SERVER_NOT_RUNNING' ? undefined : error),
      ])
    })
    return server
  }

  server.close = joined as AttachableServer['close']
  return () => {
    if (server.close !== joined) return
    if (own) server.close = close as AttachableServer['close']
    else Reflect.deleteProperty(server, 'close')
  }
}
