import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { useTestApp } from '../../test/support/test-app.ts'

const TEA = { customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] }

/** Reads a response piece by piece, as an event source does. */
function createReader(response: Response) {
  const pieces = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    /** Everything up to and with the first match; rejects when the stream ends before. */
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(text)) {
        const { value, done } = await pieces.read()
        if (done) throw new Error(`The stream ended before ${String(pattern)}: ${text}`)
        text += value
      }
      return text
    },
    async untilEnd(): Promise<string> {
      for (;;) {
        const { value, done } = await pieces.read()
        if (done) return text
        text += value
      }
    },
  }
}

describe('registerEventRoutes', () => {
  const test = useTestApp()

  async function connect(headers: Record<string, string> = {}, signal?: AbortSignal) {
    if (!test.app.server.listening) await test.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = test.app.server.address() as AddressInfo
    return await fetch(`http://127.0.0.1:${port}/events`, { headers, ...(signal && { signal }) })
  }

  async function create() {
    const order = await test.store.create(TEA)
    test.feed.wake()
    return order
  }

  it('streams what happens to orders, with ids and a time to come back after', async () => {
    const response = await connect()
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = createReader(response)
    expect(await reader.until(/\n\n/)).toMatch(/^retry: \d+\n\n$/)
    const { id } = await create()
    const text = await reader.until(/order\.created[^]*\n\n/)
    expect(text).toMatch(
      new RegExp(`\n\nid: 1\nevent: order.created\ndata: {"orderId":"${id}","orderNumber":1,"at":"[^"]+Z"}\n\n$`),
    )
  })

  it('brings what was missed to those who come back, each event once', async () => {
    await create()
    await create()
    const reader = createReader(await connect({ 'last-event-id': '1' }))
    await reader.until(/id: 2\n/)
    await create()
    const text = await reader.until(/id: 3\n[^]*\n\n/)
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 2', 'id: 3'])
  })

  it.each(['999', 'x', '-1', ''])('starts at the newest event when the last one seen is "%s"', async (id) => {
    await create()
    await test.feed.follow(0, { signal: AbortSignal.timeout(10_000) }).next()
    const reader = createReader(await connect({ 'last-event-id': id }))
    await reader.until(/retry/)
    await create()
    expect((await reader.until(/id: \d+\n[^]*\n\n/)).match(/^id: \d+$/gm)).toEqual(['id: 2'])
  })

  it('ends the streams properly when the service stops, after what there is to tell', async () => {
    const reader = createReader(await connect())
    await reader.until(/retry/)
    await create()
    await reader.until(/id: 1\n/)
    await test.feed.stop()
    expect(await reader.untilEnd()).toMatch(/\n\n$/)
  })

  it('lets go of a client that has gone', async () => {
    const controller = new AbortController()
    const { promise: gone, resolve: leave } = Promise.withResolvers<void>()
    test.app.addHook('onRequest', async (_request, reply) => void reply.raw.once('close', leave))
    await createReader(await connect({}, controller.signal)).until(/retry/)
    controller.abort()
    await gone
  })

  it('has no HEAD twin, which would never answer', async () => {
    expect((await test.app.inject({ method: 'HEAD', url: '/events' })).statusCode).toBe(404)
  })
})
