import { describe, expect, it } from 'vitest'
import { exportOrders } from './export-orders.ts'
import type { Order } from './order.ts'

const numbered = (number: number) => ({ number }) as Order
const never = new AbortController().signal

/** So many orders, and the pages they were asked for in. */
function createMemoryOrders(count: number) {
  const pages: { limit: number; after: number }[] = []
  async function listForward(page: { limit: number; after: number }): Promise<Order[]> {
    pages.push(page)
    const left = Math.max(0, count - page.after)
    return Array.from({ length: Math.min(page.limit, left) }, (_, index) => numbered(page.after + index + 1))
  }
  return { store: { listForward }, pages }
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('exportOrders', () => {
  it('reads page by page, and each order once', async () => {
    const { store, pages } = createMemoryOrders(450)
    const text = await collect(exportOrders(store, { signal: never }))
    const numbers = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Order).number)
    expect(numbers).toEqual(Array.from({ length: 450 }, (_, index) => index + 1))
    expect(pages.map(({ after }) => after)).toEqual([0, 200, 400, 450])
  })

  it('takes small pages when it is to go slowly', async () => {
    const { store, pages } = createMemoryOrders(3)
    await collect(exportOrders(store, { perSecond: 1000, signal: never }))
    expect(pages[0]).toEqual({ limit: 100, after: 0 })
  })

  it('rejects when it is cut, so that nobody takes it for a whole one', async () => {
    const { store } = createMemoryOrders(1000)
    const controller = new AbortController()
    const exported = exportOrders(store, { signal: controller.signal })
    await exported.next()
    controller.abort()
    await expect(exported.next()).rejects.toThrow('abort')
  })
})
