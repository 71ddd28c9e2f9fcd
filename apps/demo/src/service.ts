import { createLifecycle, type Lifecycle, type LifecycleOptions } from '@lastcall/core'
import { lastcall } from '@lastcall/fastify'
import { serveProbes } from '@lastcall/http'
import type { FastifyInstance } from 'fastify'
import { createApp, registerRoutes } from './app.ts'
import type { Config } from './config.ts'
import { createDatabase } from './database/create-database.ts'
import type { Database } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import { createEventStore } from './events/event-store.ts'
import { createOrderFeed } from './events/order-feed.ts'
import { listenOn } from './listen.ts'
import { createOrderStore } from './orders/order-store.ts'
import { createPage } from './page/create-page.ts'
import { createOrderQueue } from './worker/order-queue.ts'
import { createOrderWorker } from './worker/order-worker.ts'
import { packOrder } from './worker/pack-order.ts'

/** The orders service, put together and not started yet. */
export interface Service {
  readonly lifecycle: Lifecycle
  readonly app: FastifyInstance
  readonly database: Database
  /** The port that the probes have for themselves, once started. */
  readonly probePort: () => number | undefined
}

/**
 * Puts the service together: what depends on what, and in which phase of the shutdown each part stops.
 * `service.lifecycle.start()` starts it; from then on a signal is all it takes to stop it.
 */
export async function createService(config: Config): Promise<Service> {
  const app = createApp(config.logLevel)
  const report = (error: unknown) => app.log.warn({ err: error }, 'the database did not answer')
  const database = createDatabase(config, report)
  const lifecycle = createLifecycle({
    name: 'orders',
    ...timesOf(config),
    ...(isVerbose(config) && { logger: app.log }),
  })

  const feed = createOrderFeed(createEventStore(database), { onError: report })
  const worker = createOrderWorker({
    lifecycle,
    queue: createOrderQueue(database),
    process: packOrder(config.processingMs),
    onProcessed() {
      feed.wake()
      page.onProcessed()
    },
    onError: report,
    leaseMs: config.leaseMs,
  })
  function onCreated() {
    worker.wake()
    feed.wake()
    page.onCreated()
  }

  await app.register(lastcall, { lifecycle })
  registerRoutes(app, { store: createOrderStore(database), feed, onCreated })
  const page = createPage({ lifecycle, app, database, config })

  let probePort: number | undefined
  lifecycle
    .use({
      name: 'database',
      async start({ signal }) {
        await database.open({ signal })
        await migrate(database)
      },
      check: { run: () => database.ping(), scope: 'shared', probes: ['readiness'] },
      stop: () => database.close(),
    })
    .use({
      // Ends the event streams and the long polls once the orders in work are done: their clients go elsewhere.
      name: 'events',
      dependsOn: ['database'],
      start: feed.start,
      async stop() {
        await worker.idle()
        await feed.stop()
      },
      phase: 'drain',
    })
    .use({
      // Takes no order from the signal on; each one in work is a hold, and the drain waits for it.
      name: 'orders-worker',
      dependsOn: ['database', 'events'],
      start: worker.start,
      stop: worker.stop,
      phase: 'announce',
    })
    .use({
      // The plugin stops it. The phase is that of `events`, which must not end before the requests that use it.
      name: 'http',
      dependsOn: ['events'],
      async start() {
        await listenOn({ variable: 'PORT', ...config }, (address) => app.listen(address))
      },
      phase: 'drain',
    })
    .use(page.component)
  if (config.probePort !== undefined) {
    const address = { variable: 'PROBE_PORT', port: config.probePort, host: config.host } as const
    lifecycle.use({
      // Not earlier: opening the embedded database blocks the event loop, which is nothing to warn of at a start.
      name: 'probes',
      dependsOn: ['database'],
      async start() {
        const server = await listenOn(address, (options) => serveProbes(lifecycle, options))
        probePort = server.address.port
      },
    })
  }
  return { lifecycle, app, database, probePort: () => probePort }
}

/** Otherwise the lifecycle does not log: what it would say there is said on stdout, for people. */
function isVerbose({ logLevel }: Config): boolean {
  return logLevel === 'info' || logLevel === 'debug' || logLevel === 'trace'
}

/** What the configuration says about time; everything else is the platform's. */
function timesOf({ platform, gracePeriodMs, lameDuckMs, lameDuckQuietMs }: Config): LifecycleOptions {
  return {
    ...(platform !== undefined && { platform }),
    ...(gracePeriodMs !== undefined && { gracePeriodMs }),
    lameDuck: {
      ...(lameDuckMs !== undefined && { minMs: lameDuckMs }),
      ...(lameDuckQuietMs !== undefined && { quietMs: lameDuckQuietMs }),
    },
  }
}
