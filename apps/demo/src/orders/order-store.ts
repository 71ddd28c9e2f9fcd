import { randomUUID } from 'node:crypto'
import type { Database, Row } from '../database/database.ts'
import { appendEvent } from '../events/append-event.ts'
import type { NewOrder, Order } from './order.ts'

const COLUMNS = `id, number, customer, items, total_cents as "totalCents", status,
  created_at as "createdAt", processed_at as "processedAt"`

/** Orders in the database. */
export interface OrderStore {
  /** Writes the order, its place in the queue and its event; resolves after the commit, so it can be acknowledged. */
  create(order: NewOrder): Promise<Order>
  find(id: string): Promise<Order | undefined>
  /** The newest first, from the one before number `before`. */
  list(page: { readonly limit: number; readonly before?: number | undefined }): Promise<Order[]>
  /** The oldest first, from the one after number `after`. */
  listForward(page: { readonly limit: number; readonly after: number }): Promise<Order[]>
}

/** Makes the store. */
export function createOrderStore(database: Database): OrderStore {
  const select = (rest: string, parameters: readonly unknown[]) =>
    database.query<Order & Row>(`select ${COLUMNS} from orders ${rest}`, parameters)

  return {
    async create({ customer, items }) {
      const id = randomUUID()
      const totalCents = items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0)
      return await database.transaction(async (transaction) => {
        const [order] = await transaction.query<Order & Row>(
          `insert into orders (id, customer, items, total_cents) values ($1, $2, $3::jsonb, $4) returning ${COLUMNS}`,
          [id, customer, JSON.stringify(items), totalCents],
        )
        await transaction.query('insert into order_queue (order_id) values ($1)', [id])
        await appendEvent(transaction, id, 'order.created')
        return order as Order
      })
    },
    async find(id) {
      const [order] = await select('where id = $1', [id])
      return order
    },
    list: ({ limit, before }) =>
      before === undefined
        ? select('order by number desc limit $1', [limit])
        : select('where number < $2 order by number desc limit $1', [limit, before]),
    listForward: ({ limit, after }) => select('where number > $2 order by number limit $1', [limit, after]),
  }
}
