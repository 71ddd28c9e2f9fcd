import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach } from 'vitest'
import { createApp, registerRoutes } from '../../src/app.ts'
import type { Database } from '../../src/database/database.ts'
import { createEventStore } from '../../src/events/event-store.ts'
import { createOrderFeed, type OrderFeed } from '../../src/events/order-feed.ts'
import { createOrderStore, type OrderStore } from '../../src/orders/order-store.ts'
import { createOrderQueue, type OrderQueue } from '../../src/worker/order-queue.ts'
import { useTestDatabase } from './test-database.ts'

/** The routes on a real database, without a worker: a test processes what it wants to be processed. */
export interface TestApp {
  readonly app: FastifyInstance
  readonly database: Database
  readonly store: OrderStore
  readonly queue: OrderQueue
  /** A new one for each test. */
  readonly feed: OrderFeed
  /** How many orders were said to be created in this test. */
  readonly created: number
  /** Processes the oldest order. */
  process(): Promise<void>
}

/** A test app for the tests of a `describe`; the database is empty at the start of each. */
export function useTestApp(): TestApp {
  const database = useTestDatabase()
  const store = createOrderStore(database)
  const queue = createOrderQueue(database)
  let app: FastifyInstance
  let feed: OrderFeed
  let created = 0

  beforeEach(async () => {
    created = 0
    feed = createOrderFeed(createEventStore(database), { pollMs: 60_000 })
    await feed.start()
    app = createApp('silent')
    registerRoutes(app, {
      store,
      feed,
      onCreated() {
        created += 1
        feed.wake()
      },
    })
  })
  afterEach(async () => {
    await feed.stop()
    // Fastify's close() waits for clients that keep their connection.
    app.server.closeAllConnections()
    await app.close()
  })

  return {
    get app() {
      return app
    },
    get feed() {
      return feed
    },
    get created() {
      return created
    },
    database,
    store,
    queue,
    async process() {
      const [order] = await queue.claim(1, 60_000)
      if (order === undefined) throw new Error('There is no order to process.')
      await queue.finish(order)
      feed.wake()
    },
  }
}
