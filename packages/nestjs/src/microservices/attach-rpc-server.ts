import type { Lifecycle } from '@lastcall/core'
import { createMessages, type MessageHandler } from './create-messages.ts'
import { createTransportDrain } from './create-transport-drain.ts'

/** What of a server of `@nestjs/microservices`, or of a custom transport, is needed here. */
export interface RpcServer {
  addHandler(pattern: unknown, handler: MessageHandler, ...rest: unknown[]): void
  listen(callback: (error?: unknown, ...rest: unknown[]) => void): unknown
  close(): unknown
  /** The server or client below; throws where the transport shows none. */
  unwrap?(): unknown
  /** Where gRPC has its own, from when it listens. */
  readonly grpcClient?: unknown
  /** Where TCP notes that its end is no accident. */
  isManuallyTerminated?: boolean
}

/**
 * Has a lifecycle drain a server of microservices: messages that came are finished, then it closes. Call it before the
 * server has handlers. `onListening` is called when it listens.
 */
export function attachRpcServer(lifecycle: Lifecycle, server: RpcServer, onListening: () => void): void {
  const { addHandler, listen, close } = server
  const messages = createMessages(lifecycle.clock)
  let closed: Promise<unknown> | undefined

  server.addHandler = (pattern, handler, ...rest) => {
    const name = typeof pattern === 'string' ? pattern : JSON.stringify(pattern)
    addHandler.call(server, pattern, messages.count(name, handler), ...rest)
  }
  server.listen = (callback) =>
    listen.call(server, (error, ...rest) => {
      if (error == null) onListening()
      callback(error, ...rest)
    })
  // The drain closes it, and then Nest does: not every transport takes that well.
  server.close = () => (closed ??= (async () => close.call(server))())

  const { drain, abort } = createTransportDrain(lifecycle, server, messages)
  lifecycle.attach({
    name: 'microservice',
    lameDuck() {},
    lastConnectionAt: () => undefined,
    drain,
    abort() {
      const cut = messages.inFlight()
      abort()
      return cut
    },
    inFlight: messages.inFlight,
  })
}
