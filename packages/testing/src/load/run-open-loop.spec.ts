import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test/fixtures/serve.ts'
import { waitUntil } from '../wait-until.ts'
import { startLoad } from './start-load.ts'

const hello: RequestListener = (_request, response) => void response.end('hello')

describe('a load with perSecond', () => {
  it('goes on sending to a service that stalls, on connections of their own', async () => {
    const held: ServerResponse[] = []
    await using server = await serve(createServer((_request, response) => void held.push(response)))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'keepAlive', path: '/', perSecond: 100 }] })
    await waitUntil(() => held.length >= 5, { what: 'five requests without an answer' })
    expect(server.sockets.length).toBeGreaterThanOrEqual(5)
    await load.stop()
  })

  it('has requests due at a fixed rate, and counts their time from then', async () => {
    await using server = await serve(createServer(hello))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'newConnection', path: '/', perSecond: 125 }] })
    await load.untilServed(10)
    const { records } = await load.stop()
    const due = records.map(({ startedMs }) => startedMs).sort((a, b) => a - b)
    const [first = NaN] = due
    due.forEach((startedMs, index) => expect(startedMs - first).toBeCloseTo(index * 8))
    expect(records.every(({ connection }) => connection === 'new')).toBe(true)
  })

  it('keeps as many connections as it has clients, and uses them again', async () => {
    await using server = await serve(createServer(hello))
    const traffic = [{ kind: 'keepAlive', path: '/', perSecond: 200, clients: 3 }] as const
    const load = startLoad({ url: server.url, traffic })
    await load.untilServed(20)
    const { records } = await load.stop()
    const inOrder = records.toSorted((a, b) => a.startedMs - b.startedMs)
    expect(inOrder.slice(0, 3).map(({ connection }) => connection)).toEqual(['new', 'new', 'new'])
    expect(records.filter(({ connection }) => connection === 'reused').length).toBeGreaterThan(0)
  })

  it('opens no connection when routing has stopped, and ends with those that are established', async () => {
    let closing = false
    await using server = await serve(
      createServer(
        (_request, response) => void response.setHeader('connection', closing ? 'close' : 'keep-alive').end(),
      ),
    )
    const traffic = [
      { kind: 'keepAlive', path: '/', perSecond: 100, clients: 2 },
      { kind: 'newConnection', path: '/', perSecond: 50 },
    ] as const
    const load = startLoad({ url: server.url, traffic })
    await load.untilServed(10)
    load.stopRouting({ afterMs: 0 })
    const served = load.served
    await waitUntil(() => load.served > served + 5, { what: 'requests on established connections' })
    closing = true
    const { records, lost } = await load.finished
    expect(lost).toEqual([])
    expect(records.filter(({ connection, startedMs }) => connection === 'new' && startedMs > 0)).toEqual([])
  })

  it('ends with what the reader of an answer throws', async () => {
    await using server = await serve(createServer(hello))
    const onAnswer = (): void => {
      throw new Error('not what was expected')
    }
    const load = startLoad({ url: server.url, traffic: [{ kind: 'keepAlive', path: '/', perSecond: 50, onAnswer }] })
    await expect(load.finished).rejects.toThrow('not what was expected')
  })

  it('tells what was lost', async () => {
    await using server = await serve(createServer((request) => void request.socket.destroy()))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'keepAlive', path: '/', perSecond: 50 }] })
    await waitUntil(() => load.report().total >= 3, { what: 'three records' })
    const { records, lost } = await load.stop()
    expect(lost.length).toBeGreaterThanOrEqual(3)
    expect(records[0]).toMatchObject({ outcome: 'reset', connection: 'new' })
  })
})
