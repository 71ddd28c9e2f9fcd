import { describe, expect, it } from 'vitest'
import { useTestDatabase } from '../../test/support/test-database.ts'
import { createEventStore } from '../events/event-store.ts'
import { createOrderStore } from './order-store.ts'

const TEA = { customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] }

describe('createOrderStore', () => {
  const database = useTestDatabase()
  const store = createOrderStore(database)

  it('writes an order, its place in the queue and its event together', async () => {
    const order = await store.create(TEA)
    expect(order).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      number: 1,
      ...TEA,
      totalCents: 900,
      status: 'pending',
      createdAt: expect.any(Date),
      processedAt: null,
    })
    expect(await store.find(order.id)).toEqual(order)
    expect(await database.query('select order_id from order_queue')).toEqual([{ order_id: order.id }])
    expect(await createEventStore(database).listAfter(0, 10)).toMatchObject([
      { type: 'order.created', orderId: order.id },
    ])
  })

  it('writes nothing when a part fails', async () => {
    await database.query('alter table order_queue rename to order_queue_away')
    try {
      await expect(store.create(TEA)).rejects.toThrow('order_queue')
    } finally {
      await database.query('alter table order_queue_away rename to order_queue')
    }
    expect(await store.list({ limit: 10 })).toEqual([])
  })

  it('keeps text of any script, and totals up to its limits', async () => {
    const customer = 'Ωmega 🫖 "quoted" \\ \' --'
    const items = Array.from({ length: 20 }, () => ({ sku: 'näïve', quantity: 1000, priceCents: 100_000 }))
    const { id } = await store.create({ customer, items })
    expect(await store.find(id)).toMatchObject({ customer, items, totalCents: 2_000_000_000 })
  })

  it('finds nothing where there is nothing', async () => {
    expect(await store.find('00000000-0000-4000-8000-000000000000')).toBeUndefined()
  })

  it('lists page by page, in both directions', async () => {
    for (let count = 0; count < 5; count += 1) await store.create(TEA)
    const numbers = (orders: readonly { number: number }[]) => orders.map(({ number }) => number)
    expect(numbers(await store.list({ limit: 2 }))).toEqual([5, 4])
    expect(numbers(await store.list({ limit: 2, before: 4 }))).toEqual([3, 2])
    expect(numbers(await store.list({ limit: 2, before: 2 }))).toEqual([1])
    expect(numbers(await store.listForward({ limit: 3, after: 0 }))).toEqual([1, 2, 3])
    expect(numbers(await store.listForward({ limit: 3, after: 3 }))).toEqual([4, 5])
  })
})
