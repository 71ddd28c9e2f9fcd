import type { Queryable } from '../database/database.ts'
import type { OrderEventType } from './order-event.ts'

/** Any number will do, as long as every writer of events uses the same. */
const EVENT_LOCK = 7_250_002

/**
 * Writes an event within the transaction of what it tells of. Must be its last statement: from here to the commit
 * the writers take turns, so that a reader who has seen one id never meets a smaller one later.
 */
export async function appendEvent(transaction: Queryable, orderId: string, type: OrderEventType): Promise<void> {
  await transaction.query('select pg_advisory_xact_lock($1)', [EVENT_LOCK])
  await transaction.query('insert into order_events (order_id, type) values ($1, $2)', [orderId, type])
}
