import type { Queryable, Row } from '../database/database.ts'
import type { OrderEvent } from './order-event.ts'

/** Events in the database: the whole history, for those who come back. */
export interface EventStore {
  /** The id of the newest event, 0 when there is none. */
  latestId(): Promise<number>
  /** The oldest first. */
  listAfter(id: number, limit: number): Promise<OrderEvent[]>
}

/** Makes the store. */
export function createEventStore(database: Queryable): EventStore {
  return {
    async latestId() {
      const [row] = await database.query<{ id: number } & Row>('select coalesce(max(id), 0) as id from order_events')
      return row?.id ?? 0
    },
    listAfter: (id, limit) =>
      database.query<OrderEvent & Row>(
        `select event.id, event.type, event.order_id as "orderId", orders.number as "orderNumber", event.at
         from order_events as event join orders on orders.id = event.order_id
         where event.id > $1 order by event.id limit $2`,
        [id, limit],
      ),
  }
}
