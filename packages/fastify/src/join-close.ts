import type { Lifecycle } from '@lastcall/core'
import type { FastifyInstance } from 'fastify'
import { whenOnlyUpgradesLeft } from './when-only-upgrades-left.ts'
import { rootOf } from './root-of.ts'

type CloseListener = (error?: unknown) => void

/**
 * Makes Fastify's `close()` and the lifecycle's `shutdown()` one: whichever comes first runs both, once. Fastify
 * itself closes when the requests are drained, because from then on it answers 503, and its `onClose` hooks run in the
 * phase `close`. Like Fastify's own, `close()` leaves the process running.
 */
export function joinClose(app: FastifyInstance, lifecycle: Lifecycle): void {
  const root = rootOf(app)
  const ownClose: () => Promise<undefined> = root.close.bind(root)
  const drained = Promise.withResolvers<void>()
  let closed: Promise<undefined> | undefined
  let late: AbortSignal | undefined
  const closeFastify = () => (closed ??= ownClose())

  whenOnlyUpgradesLeft(app, lifecycle, () => void closeFastify())
  lifecycle.onShutdown('fastify', async ({ signal }) => {
    late = signal
    drained.resolve()
    await closeFastify()
  })

  async function close(): Promise<undefined> {
    if (isUp(lifecycle)) keepProcess(lifecycle)
    await lifecycle.shutdown('app.close()')
    late?.throwIfAborted()
    return closeFastify()
  }

  root.close = ((listener?: CloseListener) => {
    if (listener === undefined) return close()
    close().then(() => listener(), listener)
    return undefined
  }) as FastifyInstance['close']

  app.addHook('preClose', async () => {
    // Next in line, before the hooks that take away what requests need: `addHook` would refuse by now.
    const queue = root as unknown as { onClose(hook: () => Promise<unknown>): void }
    queue.onClose(() => {
      if (closed) return drained.promise
      // Fastify closes without us: its own `close()` was called before this plugin was loaded.
      closed = Promise.resolve(undefined)
      return close()
    })
  })
}

const isUp = ({ state }: Lifecycle) => state.name === 'starting' || state.name === 'running'

/** Gives up the lifecycle's share in ending the process, unless the process itself is told to end meanwhile. */
function keepProcess(lifecycle: Lifecycle): void {
  const stop = lifecycle.subscribe(({ type }) => {
    if (type === 'signal:receive' || type === 'error:uncaught') stop()
    else if (type === 'shutdown:end') lifecycle.dispose()
  })
}
