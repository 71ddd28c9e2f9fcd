import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { migrate } from '../src/database/migrate.ts'
import { createPgDatabase } from '../src/database/pg-database.ts'
import { createEventStore } from '../src/events/event-store.ts'
import { createOrderStore } from '../src/orders/order-store.ts'
import { createOrderQueue } from '../src/worker/order-queue.ts'
import { createPgSchema, type PgSchema } from './support/pg-schema.ts'

const { DATABASE_URL } = process.env
const ORDERS = 200
const TEA = { customer: 'Ada', items: [{ sku: 'tea', quantity: 1, priceCents: 450 }] }

/** What the embedded database cannot show: it has one connection, so nothing happens at the same moment. */
describe.skipIf(DATABASE_URL === undefined)('replicas side by side (set DATABASE_URL to run)', () => {
  let schema: PgSchema
  let replicas: Database[]

  beforeAll(async () => {
    schema = await createPgSchema(DATABASE_URL!)
    replicas = Array.from({ length: 4 }, () => createPgDatabase(schema.url, () => {}))
    await Promise.all(replicas.map((replica) => migrate(replica)))
  })
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()))
    await schema.drop()
  })

  it('process each order once, and show every event to a reader who only looks ahead', async () => {
    const seen: number[] = []
    const claimed: string[] = []
    const writing = Promise.all(replicas.map((replica) => writeAndProcess(replica, claimed)))
    const events = createEventStore(replicas[0]!)
    while (seen.length < 2 * ORDERS) {
      const batch = await events.listAfter(seen.at(-1) ?? 0, 50)
      seen.push(...batch.map(({ id }) => id))
    }
    await writing
    expect(claimed).toHaveLength(ORDERS)
    expect(new Set(claimed).size).toBe(ORDERS)
    expect(await events.latestId()).toBe(seen.at(-1))
  })

  async function writeAndProcess(replica: Database, claimed: string[]): Promise<void> {
    const store = createOrderStore(replica)
    const queue = createOrderQueue(replica)
    await Promise.all(Array.from({ length: ORDERS / replicas.length }, () => store.create(TEA)))
    for (;;) {
      const orders = await queue.claim(5, 60_000)
      if (orders.length === 0) return
      claimed.push(...orders.map(({ id }) => id))
      await Promise.all(orders.map((order) => queue.finish(order)))
    }
  }
})
