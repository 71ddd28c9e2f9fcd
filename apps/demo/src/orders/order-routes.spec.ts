import { describe, expect, it } from 'vitest'
import { useTestApp } from '../../test/support/test-app.ts'
import type { Order } from './order.ts'

const TEA = { customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] }
const NOBODY = '00000000-0000-4000-8000-000000000000'

describe('registerOrderRoutes', () => {
  const test = useTestApp()

  async function post(body: unknown, query = '') {
    return await test.app.inject({ method: 'POST', url: `/orders${query}`, payload: body as object })
  }

  describe('POST /orders', () => {
    it('acknowledges an order that is in the database, and says where it is', async () => {
      const response = await post(TEA)
      expect(response.statusCode).toBe(201)
      const order = response.json<Order>()
      expect(order).toMatchObject({ number: 1, ...TEA, totalCents: 900, status: 'pending', processedAt: null })
      expect(response.headers.location).toBe(`/orders/${order.id}`)
      expect(await test.store.find(order.id)).toBeDefined()
      expect(test.created).toBe(1)
    })

    it('acknowledges nothing that could not be written', async () => {
      await test.database.query('alter table order_queue rename to order_queue_away')
      try {
        const response = await post(TEA)
        expect(response.statusCode).toBe(500)
        expect(response.json()).toEqual({
          error: { code: 'INTERNAL', message: expect.any(String), fix: expect.any(String) },
        })
        expect(response.body).not.toContain('order_queue')
      } finally {
        await test.database.query('alter table order_queue_away rename to order_queue')
      }
      expect(test.created).toBe(0)
    })

    it('waits until the order is processed when it is asked to', async () => {
      const waiting = post(TEA, '?wait=processed')
      await test.feed.follow(0, { signal: AbortSignal.timeout(10_000) }).next()
      await test.process()
      const response = await waiting
      expect(response.statusCode).toBe(201)
      expect(response.json()).toMatchObject({ number: 1, status: 'processed', processedAt: expect.any(String) })
    })

    it('acknowledges an order that is in the database even if it cannot wait for it', async () => {
      const { find } = test.store
      test.store.find = () => Promise.reject(new Error('away'))
      const response = await post(TEA, '?wait=processed')
      test.store.find = find
      expect(response.statusCode).toBe(201)
      expect(response.json()).toMatchObject({ number: 1, status: 'pending' })
    })

    it('answers with the order as it is when the service stops meanwhile', async () => {
      const waiting = post(TEA, '?wait=processed')
      await test.feed.follow(0, { signal: AbortSignal.timeout(10_000) }).next()
      await test.feed.stop()
      expect((await waiting).json()).toMatchObject({ status: 'pending' })
    })
  })

  describe('GET /orders/:id', () => {
    it('shows an order', async () => {
      const { id } = (await post(TEA)).json<Order>()
      const response = await test.app.inject(`/orders/${id.toUpperCase()}`)
      expect(response.statusCode).toBe(200)
      expect(response.json()).toMatchObject({ id, ...TEA })
    })

    it('waits until the order is processed when it is asked to, and not when it is already', async () => {
      const { id } = (await post(TEA)).json<Order>()
      const waiting = test.app.inject(`/orders/${id.toUpperCase()}?wait=processed`)
      await test.process()
      expect((await waiting).json()).toMatchObject({ id, status: 'processed' })
      expect((await test.app.inject(`/orders/${id}?wait=processed`)).json()).toMatchObject({ status: 'processed' })
    })
  })

  describe('GET /orders', () => {
    it('shows the newest first, page by page', async () => {
      for (let count = 0; count < 3; count += 1) await post(TEA)
      const first = (await test.app.inject('/orders?limit=2')).json<{ orders: Order[]; next: string }>()
      expect(first.orders.map(({ number }) => number)).toEqual([3, 2])
      const second = (await test.app.inject(first.next)).json<{ orders: Order[]; next: null }>()
      expect(second.orders.map(({ number }) => number)).toEqual([1])
      expect(second.next).toBeNull()
    })
  })

  describe('GET /orders/export', () => {
    it('streams every order, the oldest first, one a line', async () => {
      for (let count = 0; count < 3; count += 1) await post(TEA)
      const response = await test.app.inject('/orders/export')
      expect(response.headers['content-type']).toBe('application/x-ndjson')
      const lines = response.body.trimEnd().split('\n')
      expect(lines.map((line) => (JSON.parse(line) as Order).number)).toEqual([1, 2, 3])
    })

    it('streams no faster than it is asked to', async () => {
      for (let count = 0; count < 3; count += 1) await post(TEA)
      const begunAt = performance.now()
      const response = await test.app.inject('/orders/export?perSecond=20')
      expect(response.body.trimEnd().split('\n')).toHaveLength(3)
      expect(performance.now() - begunAt).toBeGreaterThanOrEqual(100)
    })
  })

  describe('a request that cannot be answered', () => {
    it.each([
      ['no customer', { items: TEA.items }, 'customer'],
      ['an empty customer', { ...TEA, customer: '' }, 'customer'],
      ['no item', { ...TEA, items: [] }, 'items'],
      ['a quantity in words', { ...TEA, items: [{ ...TEA.items[0], quantity: '2' }] }, 'quantity'],
      ['half a piece', { ...TEA, items: [{ ...TEA.items[0], quantity: 0.5 }] }, 'quantity'],
      ['a price below nothing', { ...TEA, items: [{ ...TEA.items[0], priceCents: -1 }] }, 'priceCents'],
      ['a field that nobody knows', { ...TEA, coupon: 'free' }, 'coupon'],
      ['a NUL character', { ...TEA, customer: 'A\u0000da' }, 'customer'],
      ['half a surrogate pair', { ...TEA, items: [{ ...TEA.items[0], sku: 'tea\ud83e' }] }, 'sku'],
      ['a list', [], 'object'],
    ])('refuses an order with %s by 400, and names the field', async (_case, body, field) => {
      const response = await post(body)
      expect(response.statusCode).toBe(400)
      expect(response.json()).toEqual({
        error: { code: 'INVALID_ORDER', message: expect.stringContaining(field), fix: expect.stringContaining('Send') },
      })
      expect(test.created).toBe(0)
    })

    const json = { 'content-type': 'application/json' }
    it.each([
      ['malformed JSON', 'POST', '/orders', '{"customer":', json, 400, 'MALFORMED_JSON'],
      ['an empty body', 'POST', '/orders', '', json, 400, 'MALFORMED_JSON'],
      ['no body at all', 'POST', '/orders', undefined, {}, 400, 'INVALID_ORDER'],
      [
        'a form',
        'POST',
        '/orders',
        'a=b',
        { 'content-type': 'application/x-www-form-urlencoded' },
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      ['plain text', 'POST', '/orders', '{}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['a body that is too large', 'POST', '/orders', `"${'x'.repeat(70_000)}"`, json, 413, 'BODY_TOO_LARGE'],
      ['a wait for something else', 'POST', '/orders?wait=payment', JSON.stringify(TEA), json, 400, 'INVALID_QUERY'],
      ['an id that cannot be one', 'GET', '/orders/7', undefined, {}, 400, 'INVALID_ORDER_ID'],
      ['an id that nobody has', 'GET', `/orders/${NOBODY}`, undefined, {}, 404, 'ORDER_NOT_FOUND'],
      [
        'a wait for an order that nobody has',
        'GET',
        `/orders/${NOBODY}?wait=processed`,
        undefined,
        {},
        404,
        'ORDER_NOT_FOUND',
      ],
      ['a page of no size', 'GET', '/orders?limit=0', undefined, {}, 400, 'INVALID_QUERY'],
      ['a page that is too long', 'GET', '/orders?limit=201', undefined, {}, 400, 'INVALID_QUERY'],
      ['a page twice', 'GET', '/orders?limit=1&limit=2', undefined, {}, 400, 'INVALID_QUERY'],
      ['a page before a word', 'GET', '/orders?before=now', undefined, {}, 400, 'INVALID_QUERY'],
      ['a page before what no integer holds', 'GET', '/orders?before=3000000000', undefined, {}, 400, 'INVALID_QUERY'],
      ['an export at no pace', 'GET', '/orders/export?perSecond=0', undefined, {}, 400, 'INVALID_QUERY'],
      ['a path that is not there', 'GET', '/order', undefined, {}, 404, 'NOT_FOUND'],
      ['a method that is not there', 'DELETE', `/orders/${NOBODY}`, undefined, {}, 404, 'NOT_FOUND'],
      ['a path that cannot be decoded', 'GET', '/orders/%ff', undefined, {}, 400, 'BAD_REQUEST'],
    ] as const)('refuses %s in the one shape', async (_case, method, url, payload, headers, status, code) => {
      const response = await test.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) })
      expect(response.json()).toEqual({ error: { code, message: expect.any(String), fix: expect.any(String) } })
      expect(response.statusCode).toBe(status)
    })
  })
})
