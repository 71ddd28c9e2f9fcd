import type { OrderFeed } from '../events/order-feed.ts'
import type { Order } from './order.ts'
import type { OrderStore } from './order-store.ts'

const MAX_WAIT_MS = 25_000

/**
 * The order once it is processed. As it is by then when that takes longer than `maxMs` (25 s unless told),
 * when the feed stops for a shutdown, or when `signal` aborts; `undefined` when there is no such order.
 */
export async function waitUntilProcessed(
  id: string,
  {
    store,
    feed,
    signal,
    maxMs = MAX_WAIT_MS,
  }: { store: OrderStore; feed: OrderFeed; signal: AbortSignal; maxMs?: number },
): Promise<Order | undefined> {
  // Taken before the order is read, so that an event in between is not missed.
  const { position } = feed
  const order = await store.find(id)
  if (order === undefined || order.status === 'processed') return order
  for await (const event of feed.follow(position, { signal: AbortSignal.any([signal, AbortSignal.timeout(maxMs)]) })) {
    if (event?.orderId === id && event.type === 'order.processed') break
  }
  return await store.find(id)
}
