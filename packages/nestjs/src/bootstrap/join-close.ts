import type { Lifecycle } from '@lastcall/core'
import { NEST_APP_PROTOTYPE, type NestApp } from '../nest-app.ts'
import type { Bootstrap } from './create-bootstrap.ts'

/**
 * Makes the `close()` of an application and the lifecycle's `shutdown()` one: whichever comes first runs both, once.
 * Nest closes in the phase `close`, when everything is drained: only then do its `onModuleDestroy` hooks take away what
 * requests need. Like Nest's own, `close()` leaves the process running.
 */
export function joinClose(lifecycle: Lifecycle, bootstrap: Bootstrap): (app: NestApp) => void {
  let app: NestApp | undefined
  let closed: Promise<void> | undefined
  let asked: string | undefined
  let late: AbortSignal | undefined
  // Not the app's own `close`, which in a microservice keeps the signal from the hooks.
  const closeNest = (signal = asked) => (closed ??= app && NEST_APP_PROTOTYPE.close.call(app, signal))

  if (!lifecycle.draining.aborted) {
    lifecycle.onShutdown('nest', async ({ reason, signal }) => {
      late = signal
      await bootstrap.idle()
      await closeNest(reason.kind === 'signal' ? reason.text : undefined)
    })
  }

  return (joined) => {
    app = joined
    app.close = async (signal) => {
      asked ??= signal
      if (isUp(lifecycle)) keepProcess(lifecycle)
      await lifecycle.shutdown('app.close()')
      late?.throwIfAborted()
      await closeNest()
    }
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
