import { setTimeout } from 'node:timers/promises'
import type { OrderStore } from './order-store.ts'

const PAGE_SIZE = 200
const SLICE_MS = 100

/**
 * Every order as a line of JSON, the oldest first, read page by page. `perSecond` slows it down, so that a long export
 * leaves the database to others. Rejects when `signal` aborts, so that a cut export is never taken for a whole one.
 */
export async function* exportOrders(
  store: Pick<OrderStore, 'listForward'>,
  { perSecond, signal }: { perSecond?: number | undefined; signal: AbortSignal },
): AsyncGenerator<string, void> {
  const limit =
    perSecond === undefined ? PAGE_SIZE : Math.min(PAGE_SIZE, Math.max(1, Math.floor((perSecond * SLICE_MS) / 1000)))
  const pauseMs = perSecond === undefined ? 0 : (limit / perSecond) * 1000
  let after = 0
  for (;;) {
    signal.throwIfAborted()
    const orders = await store.listForward({ limit, after })
    const last = orders.at(-1)
    if (last === undefined) return
    yield orders.map((order) => `${JSON.stringify(order)}\n`).join('')
    after = last.number
    if (pauseMs > 0) await setTimeout(pauseMs, undefined, { signal })
  }
}
