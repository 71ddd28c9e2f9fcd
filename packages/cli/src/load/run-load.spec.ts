import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { serve } from '../../test/serve.ts'
import type { LoadPlan } from './load-plan.ts'
import type { LoadNews, LoadOrder } from './messages.ts'
import { now } from './now.ts'
import type { RequestRecord } from './request-record.ts'
import { runLoad } from './run-load.ts'

const answer: RequestListener = (_request, response) => response.end('hello')

/** Runs a load in this process. */
function load(url: string, changes: Partial<LoadPlan> = {}) {
  const requests: RequestRecord[] = []
  const finished = Promise.withResolvers<Extract<LoadNews, { type: 'finished' }>>()
  const plan: LoadPlan = {
    endpoints: [{ name: 'one', url }],
    ...{ rps: 200, connections: 4, keepAliveShare: 0.5, http2: false, idleConnections: 0 },
    ...{ timeoutMs: 5000, settleMs: 100 },
    ...changes,
  }
  const order = runLoad(plan, (news) => {
    if (news.type === 'finished') finished.resolve(news)
    else requests.push(...news.recording.requests)
  })
  return {
    requests,
    order: (message: LoadOrder) => order(message),
    async stop() {
      order({ type: 'stop' })
      await finished.promise
      return requests
    },
    unroute(propagationMs: number) {
      const fromMs = now()
      order({ type: 'unroute', endpoint: 'one', fromMs, propagationMs, spreadMs: 0 })
      return fromMs
    },
    until: (count: number) => waitUntil(() => requests.length >= count, { what: `${count} requests` }),
  }
}

const by = (requests: readonly RequestRecord[], client: string) => requests.filter((each) => each.client === client)

describe('runLoad', () => {
  it('sends on kept connections and on new ones, as the mix says', async () => {
    await using server = await serve(answer)
    const running = load(server.url)
    await running.until(40)
    const requests = await running.stop()
    const kept = by(requests, 'keepAlive')
    expect(new Set(kept.map(({ connection }) => connection)).size).toBe(4)
    expect(kept.filter(({ reused }) => !reused)).toHaveLength(4)
    expect(by(requests, 'new').every(({ reused, close }) => !reused && close)).toBe(true)
    expect(Math.abs(kept.length - by(requests, 'new').length)).toBeLessThanOrEqual(4)
  })

  it('does not spare a server that stalls: latency counts from when a request was due', async () => {
    const held: ServerResponse[] = []
    let stalled = false
    await using server = await serve((_request, response) => void (stalled ? held.push(response) : response.end()))
    const running = load(server.url, { keepAliveShare: 1, connections: 1 })
    await running.until(5)
    stalled = true
    await waitUntil(() => held.length === 1)
    const stalledAt = now()
    // One connection is busy: those that are due meanwhile wait for it.
    await waitUntil(() => now() - stalledAt > 150)
    stalled = false
    held.forEach((response) => response.end())
    const before = running.requests.length
    await running.until(before + 20)
    const requests = await running.stop()
    const waited = requests.filter(({ dueMs, sentMs }) => dueMs > stalledAt && sentMs - dueMs > 20)
    expect(waited.length).toBeGreaterThan(10)
    // Each that was due has been sent: none was left out because the one before was late.
    const due = requests.map(({ dueMs }) => dueMs).toSorted((a, b) => a - b)
    due.slice(1).forEach((dueMs, index) => expect(dueMs - (due[index] ?? 0)).toBeCloseTo(5, 6))
  })

  it('opens no connection when routing is over, and leaves established ones to fall silent', async () => {
    await using server = await serve(answer)
    const running = load(server.url)
    await running.until(20)
    const from = running.unroute(60)
    await waitUntil(() => now() > from + 300)
    const requests = await running.stop()
    // Not when they were sent: that is later, by as long as a connection took.
    const last = (client: string) => Math.max(...by(requests, client).map(({ dueMs }) => dueMs - from))
    expect(last('new')).toBeLessThan(60)
    expect(last('keepAlive')).toBeLessThan(160)
    expect(requests.every(({ outcome }) => outcome === 'answered')).toBe(true)
  })

  it('opens another connection in place of one that the server told to close', async () => {
    await using server = await serve((_request, response) => response.setHeader('Connection', 'close').end())
    const running = load(server.url, { keepAliveShare: 1 })
    await running.until(12)
    const requests = await running.stop()
    expect(requests.every(({ close, reused, outcome }) => close && !reused && outcome === 'answered')).toBe(true)
  })

  it('tells refused requests when the server has gone', async () => {
    const server = await serve(answer)
    const running = load(server.url)
    await running.until(10)
    await server.stop()
    await waitUntil(() => running.requests.some(({ outcome }) => outcome === 'refused'))
    await running.stop()
  })

  it.each([
    ['is gone', true, ['timedOut']],
    ['may still answer', false, []],
  ])('counts what is in flight at its end to a server that %s', async (_, gone, outcomes) => {
    await using server = await serve(() => {})
    const running = load(server.url, { connections: 1, rps: 50 })
    await waitUntil(() => server.sockets.length > 3)
    if (gone) running.unroute(0)
    const requests = await running.stop()
    expect([...new Set(requests.map(({ outcome }) => outcome))]).toEqual(outcomes)
    // Those too that wait for a connection.
    if (gone) expect(requests.filter(({ connection }) => connection === 0).length).toBeGreaterThan(0)
  })

  it('shares the load with another endpoint', async () => {
    await using one = await serve(answer)
    await using two = await serve(answer)
    const running = load(one.url)
    running.order({ type: 'route', endpoint: { name: 'two', url: two.url } })
    await waitUntil(() => by(running.requests, 'new').filter(({ endpoint }) => endpoint === 'two').length > 5)
    await running.stop()
  })

  it('keeps connections that are idle after one request', async () => {
    await using server = await serve(answer)
    const running = load(server.url, { idleConnections: 2, rps: 20 })
    await running.until(8)
    expect(by(await running.stop(), 'idle')).toHaveLength(2)
  })

  it('sends long requests, as far as it is told to', async () => {
    const paths: string[] = []
    await using server = await serve(({ url = '' }, response) => (paths.push(url), response.end()))
    const running = load(server.url, { long: { path: '/export', share: 0.25 } })
    await running.until(20)
    expect(by(await running.stop(), 'long').length).toBeGreaterThan(3)
    expect(paths).toContain('/export')
  })

  it('follows event streams, and opens one again that ends', async () => {
    await using server = await serve(({ url }, response) => {
      if (url !== '/events') return void response.end()
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n')
      setTimeout(() => response.end(), 30)
    })
    const running = load(server.url, { rps: 10, sse: { path: '/events', clients: 2 } })
    await waitUntil(() => by(running.requests, 'sse').length >= 4)
    const streams = by(await running.stop(), 'sse')
    expect(streams.every(({ outcome, endedMs, sentMs }) => outcome === 'answered' && endedMs > sentMs)).toBe(true)
  })

  it('tells an event stream that is cut', async () => {
    await using server = await serve((_request, response) => void response.write('data', () => response.destroy()))
    const running = load(server.url, { rps: 1, sse: { path: '/events', clients: 1 } })
    await waitUntil(() => by(running.requests, 'sse').some(({ outcome }) => outcome === 'truncated'))
    await running.stop()
  })

  it.each([
    ['answered', (socket: { close(code: number): void }) => socket.close(1001)],
    ['truncated', (socket: { terminate(): void }) => socket.terminate()],
  ] as const)('tells a WebSocket that is %s', async (outcome, end) => {
    const http = createServer(answer)
    const sockets = new WebSocketServer({ server: http })
    sockets.on('connection', (socket) => setTimeout(() => end(socket), 20))
    await using server = await serve(http)
    const running = load(server.url, { rps: 1, websocket: { path: '/socket', clients: 1 } })
    await waitUntil(() => by(running.requests, 'websocket').length > 0)
    expect(by(await running.stop(), 'websocket')[0]).toMatchObject({ outcome })
  })

  it.each(['slow', 'upload', 'preConnect'] as const)('has %s clients begin something and end it', async (kind) => {
    const bodies: number[] = []
    await using server = await serve((request, response) => {
      let bytes = 0
      request.on('data', (chunk: Buffer) => (bytes += chunk.length))
      request.on('end', () => (bodies.push(bytes), response.end()))
    })
    const running = load(server.url, { rps: 1 })
    running.order({ type: 'cross', kind, clients: 2 })
    const expected = kind === 'preConnect' ? 1 : 2
    await waitUntil(() => by(running.requests, kind).length === expected)
    const crossed = by(await running.stop(), kind)
    expect(crossed.every(({ outcome }) => outcome === 'answered')).toBe(true)
    if (kind === 'upload') expect(bodies.filter((bytes) => bytes > 90_000)).toHaveLength(2)
  })
})
