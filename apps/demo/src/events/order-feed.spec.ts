import { afterEach, describe, expect, it } from 'vitest'
import type { EventStore } from './event-store.ts'
import type { OrderEvent } from './order-event.ts'
import { createOrderFeed, type OrderFeed, type OrderFeedOptions } from './order-feed.ts'

/** An event store in memory that counts how often it is read. */
function createMemoryEvents() {
  const events: OrderEvent[] = []
  const store: EventStore & { readsOf: (after: number) => number } = {
    latestId: async () => events.at(-1)?.id ?? 0,
    async listAfter(id, limit) {
      reads.push(id)
      return events.filter((event) => event.id > id).slice(0, limit)
    },
    readsOf: (after) => reads.filter((id) => id === after).length,
  }
  const reads: number[] = []
  function write(...ids: number[]) {
    for (const id of ids)
      events.push({ id, type: 'order.created', orderId: `o${id}`, orderNumber: id, at: new Date(id) })
  }
  return { store, write }
}

describe('createOrderFeed', () => {
  const feeds: OrderFeed[] = []
  afterEach(() => Promise.all(feeds.splice(0).map((feed) => feed.stop())))

  async function startFeed(store: EventStore, options: OrderFeedOptions = {}) {
    const feed = createOrderFeed(store, { pollMs: 60_000, ...options })
    feeds.push(feed)
    await feed.start()
    return feed
  }

  async function take(count: number, following: AsyncGenerator<OrderEvent | undefined, void>): Promise<number[]> {
    const ids: number[] = []
    while (ids.length < count) {
      const { value, done } = await following.next()
      if (done) break
      if (value) ids.push(value.id)
    }
    return ids
  }

  const never = new AbortController().signal

  it('starts at the newest event and hands on what comes after, to everyone', async () => {
    const { store, write } = createMemoryEvents()
    write(1, 2)
    const feed = await startFeed(store)
    expect(feed.position).toBe(2)
    const [first, second] = [feed.follow(2, { signal: never }), feed.follow(2, { signal: never })]
    const taken = Promise.all([take(3, first), take(3, second)])
    write(3)
    feed.wake()
    write(4, 7)
    feed.wake()
    expect(await taken).toEqual([
      [3, 4, 7],
      [3, 4, 7],
    ])
  })

  it('brings to those who come back what they have missed, from the database', async () => {
    const { store, write } = createMemoryEvents()
    write(1, 2, 3)
    const feed = await startFeed(store)
    const taken = take(3, feed.follow(1, { signal: never }))
    write(4)
    feed.wake()
    expect(await taken).toEqual([2, 3, 4])
  })

  it('reads the database once for all who follow closely, and for a slow one when it forgot what that one needs', async () => {
    const { store, write } = createMemoryEvents()
    const feed = await startFeed(store, { recentSize: 2 })
    const slow = feed.follow(0, { signal: never })
    write(1, 2, 3)
    feed.wake()
    expect(await take(1, feed.follow(2, { signal: never }))).toEqual([3])
    const before = store.readsOf(2)
    expect(await take(1, feed.follow(2, { signal: never }))).toEqual([3])
    expect(store.readsOf(2)).toBe(before)
    expect(await take(3, slow)).toEqual([1, 2, 3])
  })

  it('finds by its poll what other replicas wrote', async () => {
    const { store, write } = createMemoryEvents()
    const feed = await startFeed(store, { pollMs: 1 })
    const taken = take(1, feed.follow(0, { signal: never }))
    write(1)
    expect(await taken).toEqual([1])
  })

  it('says so when nothing came for a while', async () => {
    const { store } = createMemoryEvents()
    const feed = await startFeed(store)
    expect(await feed.follow(0, { signal: never, idleMs: 1 }).next()).toEqual({ value: undefined, done: false })
  })

  it('ends every follower when it stops, after all that was written until then', async () => {
    const { store, write } = createMemoryEvents()
    const feed = await startFeed(store)
    const waiting = take(9, feed.follow(0, { signal: never }))
    const behind = feed.follow(0, { signal: never })
    write(1, 2)
    await feed.stop()
    expect(await waiting).toEqual([1, 2])
    expect(await take(9, behind)).toEqual([1, 2])
  })

  it('ends a follower whose signal aborts', async () => {
    const { store } = createMemoryEvents()
    const feed = await startFeed(store)
    const controller = new AbortController()
    const waiting = take(1, feed.follow(0, { signal: controller.signal }))
    controller.abort()
    expect(await waiting).toEqual([])
  })

  it('reports a database that fails, and goes on when it is back', async () => {
    const { store, write } = createMemoryEvents()
    const errors: unknown[] = []
    const { listAfter } = store
    const feed = await startFeed(store, { pollMs: 1, onError: (error) => errors.push(error) })
    const { promise: failed, resolve: fail } = Promise.withResolvers<void>()
    store.listAfter = () => {
      fail()
      return Promise.reject(new Error('away'))
    }
    await failed
    store.listAfter = listAfter
    const taken = take(1, feed.follow(0, { signal: never }))
    write(1)
    expect(await taken).toEqual([1])
    expect(errors[0]).toMatchObject({ message: 'away' })
  })
})
