import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connectRaw, get } from './raw-client.ts'
import { createGate, createShiftedClock, serveHttp } from './service.ts'
import { until } from './until.ts'

describe('draining HTTP/1 connections', () => {
  it('closes an idle keep-alive connection at once', async () => {
    const { lifecycle, port } = await serveHttp((_, response) => response.end('ok'))
    const client = await connectRaw(port)
    client.send(get('/'))
    await client.saw('ok')
    const report = await lifecycle.shutdown()
    expect(report.outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('waits for what a connection in use says of its end', async () => {
    const gate = createGate()
    const told: string[] = []
    const { lifecycle, port, server } = await serveHttp(async (_, response) => {
      response.on('close', () => told.push('closed'))
      await gate.opened
      response.destroy()
    })
    const client = await connectRaw(port)
    client.send(get('/'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown().then(() => told.push('stopped'))
    await until('the listener closed', () => !server.listening)
    gate.open()
    await stopped
    expect(told).toEqual(['closed', 'stopped'])
  })

  it('ends when the last idle connection is destroyed, before its socket says so', async () => {
    const told: string[] = []
    const { lifecycle, port, server } = await serveHttp((_, response) => response.end('ok'))
    server.once('connection', (socket: Socket) => socket.on('close', () => told.push('closed')))
    const client = await connectRaw(port)
    client.send(get('/'))
    await client.saw('ok')
    await lifecycle.shutdown().then(() => told.push('stopped'))
    expect(await client.ended()).toBe('closed')
    expect(told).toEqual(['stopped', 'closed'])
  })

  it('closes a connection that never sent a byte', async () => {
    const { lifecycle, port } = await serveHttp((_, response) => response.end('ok'))
    const client = await connectRaw(port)
    const report = await lifecycle.shutdown()
    expect(report.outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('serves the first request of a connection that was new when the listener closed', async () => {
    const { lifecycle, port, server } = await serveHttp((_, response) => response.end('ok'))
    const client = await connectRaw(port)
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    client.send(get('/'))
    expect(await client.ended()).toBe('closed')
    expect([client.statuses, client.connectionHeaders]).toEqual([[200], ['close']])
    expect((await stopped).outcome).toBe('clean')
  })

  it('serves the request that a client sends as soon as a stream has ended', async () => {
    const gate = createGate()
    const { lifecycle, port, server } = await serveHttp(async ({ url }, response) => {
      if (url === '/stream') response.write('begun')
      if (url === '/stream') await gate.opened
      response.end('over')
    })
    const client = await connectRaw(port)
    client.send(get('/stream'))
    await client.saw('begun')
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    gate.open()
    await client.saw('over')
    client.send(get('/next'))
    expect(await client.ended()).toBe('closed')
    expect([client.statuses, client.connectionHeaders]).toEqual([
      [200, 200],
      ['keep-alive', 'close'],
    ])
    expect((await stopped).outcome).toBe('clean')
  })

  it('answers the request in flight with 200 and Connection: close, and resolves right after', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async (_, response) => {
      await gate.opened
      response.end('slow')
    })
    const client = await connectRaw(port)
    client.send(get('/slow'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    gate.open()
    const report = await stopped
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
    expect(await client.ended()).toBe('closed')
    expect(client.statuses).toEqual([200])
    expect(client.connectionHeaders).toEqual(['close'])
    expect(client.text).toContain('slow')
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('serves 10 of 10 requests that were in the kernel when the stop came', async () => {
    const clock = createShiftedClock()
    const { lifecycle, port } = await serveHttp((_, response) => response.end('raced'), { lifecycle: { clock } })
    const clients = await Promise.all(Array.from({ length: 10 }, () => connectRaw(port)))
    for (const client of clients) client.send(get('/warm'))
    await Promise.all(clients.map((client) => client.saw('raced')))
    clock.shift(10_000)
    // Within one turn: the server has read none of them when it is told to stop.
    for (const client of clients) client.send(get('/race'))
    const report = await lifecycle.shutdown()
    for (const client of clients) expect(await client.ended()).toBe('closed')
    expect(clients.map(({ statuses }) => statuses)).toEqual(clients.map(() => [200, 200]))
    expect(clients.map(({ connectionHeaders }) => connectionHeaders[1])).toEqual(clients.map(() => 'close'))
    expect(report.outcome).toBe('clean')
  })
})
