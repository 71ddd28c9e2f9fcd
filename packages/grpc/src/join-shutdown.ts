import type { Server } from '@grpc/grpc-js'
import type { Lifecycle } from '@lastcall/core'

/** The shutdown of a gRPC server and that of its lifecycle, made one. */
export interface JoinedShutdown {
  /** Nothing is left on the server: it shuts down itself, and whoever waits for `tryShutdown` hears of it. */
  finish(): void
  /** Gives the server its own `tryShutdown` back. */
  leave(): void
}

/**
 * Has `server.tryShutdown()` begin the lifecycle's shutdown, and call back when the server is drained. Like grpc-js's
 * own it leaves the process running.
 */
export function joinShutdown(lifecycle: Lifecycle, server: Server): JoinedShutdown {
  const drained = Promise.withResolvers<void>()
  const { tryShutdown } = server
  const finish = () => Reflect.apply(tryShutdown, server, [() => drained.resolve()])

  function joined(callback: (error?: Error) => void): void {
    if (isUp(lifecycle)) keepProcess(lifecycle)
    void lifecycle.shutdown('server.tryShutdown()').then(() => drained.resolve())
    void drained.promise.then(() => callback())
  }

  server.tryShutdown = joined
  return {
    finish,
    leave() {
      if (server.tryShutdown === joined) server.tryShutdown = tryShutdown
    },
  }
}

const isUp = ({ state }: Lifecycle) => state.name === 'starting' || state.name === 'running'

/** Gives up the lifecycle's share in ending the process, unless the process itself is told to end meanwhile. */
function keepProcess(lifecycle: Lifecycle): void {
  const stop = lifecycle.subscribe(({ type }) => {
    if (type === 'signal:receive' || type === 'error:uncaught') stop()
    else if (type === 'shutdown:end') lifecycle.dispose()
  })
}
