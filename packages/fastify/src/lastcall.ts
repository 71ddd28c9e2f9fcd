import { createLifecycle, isLastcallError, LastcallError, type Lifecycle, type LifecycleOptions } from '@lastcall/core'
import { attachServer } from '@lastcall/http'
import fp from 'fastify-plugin'
import { joinClose } from './join-close.ts'
import { addProbeRoutes, type ProbeRouteOptions, resolvePaths } from './probe-routes.ts'
import { serversOf } from './servers-of.ts'

/** Options of {@link lastcall}: a lifecycle, or what `createLifecycle` makes one of. */
export type LastcallOptions = ProbeRouteOptions &
  (
    | {
        /** Yours to start. @default one made of the other options, started when Fastify listens */
        readonly lifecycle: Lifecycle
      }
    | ({ readonly lifecycle?: undefined } & LifecycleOptions)
  )

/**
 * The plugin: probes, and a shutdown that loses no request. Decorates the app with `lifecycle`. Throws
 * `LASTCALL_ALREADY_ATTACHED` when the app has one already, and what `createLifecycle` throws.
 */
export const lastcall = fp<LastcallOptions>(
  async (app, { lifecycle: given, probes, logLevel, ...options }) => {
    if (app.hasDecorator('lifecycle')) {
      throw new LastcallError(
        'LASTCALL_ALREADY_ATTACHED',
        'This Fastify app has a lifecycle already: register @lastcall/fastify once.',
      )
    }
    const paths = resolvePaths(app.prefix, probes)
    // Without its `logger` option, Fastify's log says nothing, and uncaught errors must not end in silence.
    const logger = 'level' in app.log ? { logger: app.log } : {}
    const lifecycle = given ?? createLifecycle({ ...logger, ...options })
    app.decorate('lifecycle', lifecycle)
    attachServer(lifecycle, app.server, { probes: paths })
    addProbeRoutes(app, lifecycle, paths, logLevel)
    joinClose(app, lifecycle)
    app.addHook('onListen', (done) => {
      for (const server of serversOf(app).slice(1)) attachServer(lifecycle, server, { probes: paths })
      if (!given) startAlone(lifecycle)
      done()
    })
  },
  { name: '@lastcall/fastify', fastify: '5.x' },
)

/** Nobody awaits this start: its failure, of which Fastify would only make a line in its log, stays uncaught. */
function startAlone(lifecycle: Lifecycle): void {
  lifecycle.start().catch((error: unknown) => {
    const isGivenUp = isLastcallError(error) && error.code === 'LASTCALL_START_ABORTED'
    if (!isGivenUp) throw error
  })
}
