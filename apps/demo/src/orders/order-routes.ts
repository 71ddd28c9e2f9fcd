import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { RequestError } from '../errors/request-error.ts'
import type { OrderFeed } from '../events/order-feed.ts'
import { signalOf } from '../signal-of.ts'
import { exportOrders } from './export-orders.ts'
import type { NewOrder } from './order.ts'
import { type Query, readInteger, readOrderId, readWait } from './order-query.ts'
import { NEW_ORDER_SCHEMA } from './order-schema.ts'
import type { OrderStore } from './order-store.ts'
import { waitUntilProcessed } from './wait-until-processed.ts'

const DEFAULT_PAGE_SIZE = 50

/** What the routes need. */
export interface OrderRoutesOptions {
  readonly store: OrderStore
  readonly feed: OrderFeed
  /** Hears of each new order, once it is committed. */
  readonly onCreated: () => void
}

/** `POST /orders`, `GET /orders`, `GET /orders/:id`, `GET /orders/export`. */
export function registerOrderRoutes(app: FastifyInstance, { store, feed, onCreated }: OrderRoutesOptions): void {
  app.post<{ Body: NewOrder; Querystring: Query }>(
    '/orders',
    { schema: { body: NEW_ORDER_SCHEMA } },
    async (request, reply) => {
      const wait = readWait(request.query)
      const created = await store.create(request.body)
      onCreated()
      reply.code(201).header('location', `/orders/${created.id}`)
      if (!wait) return created
      try {
        return (await waitUntilProcessed(created.id, { store, feed, signal: signalOf(reply) })) ?? created
      } catch (error) {
        // The order is committed: an error now would make the client send it again.
        request.log.warn({ err: error }, 'could not wait for the order to be processed')
        return created
      }
    },
  )

  app.get<{ Params: { id: string }; Querystring: Query }>('/orders/:id', async (request, reply) => {
    const id = readOrderId(request.params.id)
    const order = readWait(request.query)
      ? await waitUntilProcessed(id, { store, feed, signal: signalOf(reply) })
      : await store.find(id)
    if (order !== undefined) return order
    throw new RequestError(404, 'ORDER_NOT_FOUND', `There is no order ${id}.`, 'GET /orders lists those there are.')
  })

  app.get<{ Querystring: Query }>('/orders', async (request) => {
    const limit = readInteger(request.query, 'limit', { max: 200 }) ?? DEFAULT_PAGE_SIZE
    const orders = await store.list({ limit, before: readInteger(request.query, 'before') })
    const last = orders.length < limit ? undefined : orders.at(-1)
    return { orders, next: last === undefined ? null : `/orders?limit=${limit}&before=${last.number}` }
  })

  app.get<{ Querystring: Query }>('/orders/export', { exposeHeadRoute: false }, (request, reply) => {
    const perSecond = readInteger(request.query, 'perSecond', { max: 10_000 })
    reply.header('content-type', 'application/x-ndjson')
    return reply.send(Readable.from(exportOrders(store, { perSecond, signal: signalOf(reply) })))
  })
}
