import { describe, expect, it } from 'vitest'
import { useTestDatabase } from '../../test/support/test-database.ts'
import { createEventStore } from '../events/event-store.ts'
import { createOrderStore } from '../orders/order-store.ts'
import { createOrderQueue } from './order-queue.ts'

const TEA = { customer: 'Ada', items: [{ sku: 'tea', quantity: 1, priceCents: 450 }] }
const LEASE_MS = 60_000

describe('createOrderQueue', () => {
  const database = useTestDatabase()
  const store = createOrderStore(database)
  const queue = createOrderQueue(database)

  async function createOrders(count: number) {
    for (let made = 0; made < count; made += 1) await store.create(TEA)
  }
  const numbers = (orders: readonly { number: number }[]) => orders.map(({ number }) => number).sort()
  const makeAllFree = () => database.query(`update order_queue set available_at = now() - interval '1 second'`)

  it('hands out each order once, the oldest first', async () => {
    await createOrders(5)
    const [first, second] = await Promise.all([queue.claim(2, LEASE_MS), queue.claim(2, LEASE_MS)])
    expect(numbers(first)).toEqual([1, 2])
    expect(numbers(second)).toEqual([3, 4])
    expect(numbers(await queue.claim(2, LEASE_MS))).toEqual([5])
    expect(await queue.claim(2, LEASE_MS)).toEqual([])
  })

  it('marks a finished order as processed, once, and tells of it', async () => {
    await createOrders(1)
    const [order] = await queue.claim(1, LEASE_MS)
    expect(await queue.finish(order!)).toBe(true)
    expect(await queue.finish(order!)).toBe(false)
    expect(await store.find(order!.id)).toMatchObject({ status: 'processed', processedAt: expect.any(Date) })
    const events = await createEventStore(database).listAfter(0, 10)
    expect(events.map(({ type }) => type)).toEqual(['order.created', 'order.processed'])
  })

  it('hands out again what a worker took and never finished', async () => {
    await createOrders(1)
    await queue.claim(1, LEASE_MS)
    expect(await queue.claim(1, LEASE_MS)).toEqual([])
    await makeAllFree()
    expect(numbers(await queue.claim(1, LEASE_MS))).toEqual([1])
  })

  it('lets only the worker finish that holds the order now', async () => {
    await createOrders(1)
    const [slow] = await queue.claim(1, LEASE_MS)
    await makeAllFree()
    const [quick] = await queue.claim(1, LEASE_MS)
    expect(await queue.finish(slow!)).toBe(false)
    expect(await store.find(slow!.id)).toMatchObject({ status: 'pending' })
    expect(await queue.finish(quick!)).toBe(true)
  })

  it('frees an order that was given back, but not one that another worker holds', async () => {
    await createOrders(1)
    const [first] = await queue.claim(1, LEASE_MS)
    await queue.giveBack(first!)
    const [row] = await database.query(
      `select claim, available_at < now() + interval '2 seconds' as soon from order_queue`,
    )
    expect(row).toEqual({ claim: null, soon: true })
    await makeAllFree()
    await queue.claim(1, LEASE_MS)
    await queue.giveBack(first!)
    expect(await queue.claim(1, LEASE_MS)).toEqual([])
  })
})
