import { randomUUID } from 'node:crypto'
import type { Database, Row } from '../database/database.ts'
import { appendEvent } from '../events/append-event.ts'

/** An order that one worker holds until its lease ends. */
export interface ClaimedOrder {
  readonly id: string
  readonly number: number
  readonly claim: string
}

/** The queue of orders to process. Any number of workers may share it; nothing leaves it unprocessed. */
export interface OrderQueue {
  /** Takes up to `limit` free orders, the oldest first, for `leaseMs`. Whoever is killed meanwhile loses them again. */
  claim(limit: number, leaseMs: number): Promise<ClaimedOrder[]>
  /** Marks the order as processed; `false` when the lease had ended and another worker has it. */
  finish(order: ClaimedOrder): Promise<boolean>
  /** Frees the order for any worker, after a pause of a second so that one that keeps failing does not spin. */
  giveBack(order: ClaimedOrder): Promise<void>
}

/** Makes the queue. */
export function createOrderQueue(database: Database): OrderQueue {
  return {
    async claim(limit, leaseMs) {
      const claim = randomUUID()
      return await database.transaction((transaction) =>
        transaction.query<ClaimedOrder & Row>(
          `with free as (
             select order_id from order_queue join orders on orders.id = order_id
             where available_at <= now() order by number limit $1 for update of order_queue skip locked
           )
           update order_queue set available_at = now() + $2 * interval '1 millisecond', claim = $3
           from free join orders on orders.id = free.order_id where order_queue.order_id = free.order_id
           returning orders.id, orders.number, order_queue.claim`,
          [limit, leaseMs, claim],
        ),
      )
    },
    async finish({ id, claim }) {
      return await database.transaction(async (transaction) => {
        const held = await transaction.query(
          'delete from order_queue where order_id = $1 and claim = $2 returning order_id',
          [id, claim],
        )
        if (held.length === 0) return false
        await transaction.query(`update orders set status = 'processed', processed_at = now() where id = $1`, [id])
        await appendEvent(transaction, id, 'order.processed')
        return true
      })
    },
    async giveBack({ id, claim }) {
      await database.query(
        `update order_queue set available_at = now() + interval '1 second', claim = null where order_id = $1 and claim = $2`,
        [id, claim],
      )
    },
  }
}
