import type { Lifecycle } from '@lastcall/core'
import { createPulse } from '../pulse.ts'
import type { ClaimedOrder, OrderQueue } from './order-queue.ts'

/** What the worker needs, and how it works. */
export interface OrderWorkerOptions {
  readonly queue: OrderQueue
  /** Each order in work is a hold, so that a shutdown waits for it. */
  readonly lifecycle: Pick<Lifecycle, 'hold'>
  /** The work itself. Must stop when `signal` aborts. */
  readonly process: (order: ClaimedOrder, context: { readonly signal: AbortSignal }) => Promise<void>
  /** Hears of each order that is processed. */
  readonly onProcessed: (order: ClaimedOrder) => void
  /** Hears of what failed; the order stays in the queue. */
  readonly onError: (error: unknown) => void
  /** How long a claim lasts, in milliseconds. */
  readonly leaseMs: number
  /** Orders in work at a time. @default 8 */
  readonly concurrency?: number
  /** How often to look for orders that other replicas wrote or left, in milliseconds. @default 1000 */
  readonly pollMs?: number
}

/** Processes the orders of the queue. */
export interface OrderWorker {
  start(): void
  /** Says that an order was written here, so that it need not wait for the poll. */
  wake(): void
  /** Takes no further order. What is in work goes on, each as a hold. */
  stop(): Promise<void>
  /** Resolves when no order is in work: for good once it has been stopped. */
  idle(): Promise<void>
}

/** Makes a worker. */
export function createOrderWorker(options: OrderWorkerOptions): OrderWorker {
  const { queue, lifecycle, concurrency = 8, pollMs = 1000 } = options
  const stopping = new AbortController()
  const woke = createPulse()
  const done = createPulse()
  let woken = false
  let inWork = 0
  let claiming: Promise<void> | undefined

  async function claimOn() {
    while (!stopping.signal.aborted) {
      woken = false
      const wanted = concurrency - inWork
      const orders = wanted > 0 ? await claim(wanted) : []
      for (const order of orders) void work(order)
      // A full hand means that there may be more; otherwise the next order, a free place or the poll wakes it.
      if (orders.length < wanted || wanted === 0) await rest()
    }
  }

  async function rest() {
    if (!woken) await woke.next({ signal: stopping.signal, timeoutMs: pollMs })
  }

  async function claim(limit: number): Promise<ClaimedOrder[]> {
    try {
      return await queue.claim(limit, options.leaseMs)
    } catch (error) {
      options.onError(error)
      return []
    }
  }

  async function work(order: ClaimedOrder) {
    inWork += 1
    try {
      await lifecycle.hold(`order ${order.number}`, (context) => complete(order, context))
    } catch (error) {
      options.onError(error)
    } finally {
      inWork -= 1
      wake()
      done.beat()
    }
  }

  async function complete(order: ClaimedOrder, context: { readonly signal: AbortSignal }) {
    try {
      await options.process(order, context)
      if (await queue.finish(order)) options.onProcessed(order)
    } catch (error) {
      // Best effort: without it the order is free again when the lease ends.
      await queue.giveBack(order).catch(options.onError)
      throw error
    }
  }

  function wake() {
    woken = true
    woke.beat()
  }

  return {
    start() {
      claiming ??= claimOn()
    },
    wake,
    async stop() {
      stopping.abort()
      await claiming
    },
    async idle() {
      while (inWork > 0) await done.next()
    },
  }
}
