import { localhostCertificate } from '@lastcall/testing'
import { once } from 'node:events'
import { createServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connectRaw, get } from './raw-client.ts'
import { createGate, createShiftedClock, serve } from './service.ts'
import { until } from './until.ts'

const OPTIONS = { ...localhostCertificate, keepAliveTimeout: 72_000 }

describe('draining https', () => {
  it('answers the request in flight with 200 and Connection: close', async () => {
    const gate = createGate()
    const server = createServer(OPTIONS, async (_, response) => {
      await gate.opened
      response.end('slow')
    })
    const { lifecycle, port } = await serve(server)
    const client = await connectRaw(port, { tls: true })
    client.send(get('/slow'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    gate.open()
    const report = await stopped
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
    expect(await client.ended()).toBe('closed')
    expect([client.statuses, client.connectionHeaders]).toEqual([[200], ['close']])
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('closes idle connections, handshaken or not, that never sent a request', async () => {
    const server = createServer(OPTIONS, (_, response) => response.end('ok'))
    const { lifecycle, port } = await serve(server)
    const idle = await connectRaw(port, { tls: true })
    idle.send(get('/'))
    await idle.saw('ok')
    const handshaken = await connectRaw(port, { tls: true })
    const silent = await connectRaw(port)
    const report = await lifecycle.shutdown()
    for (const client of [idle, handshaken, silent]) expect(await client.ended()).toBe('closed')
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('finishes a handshake that is in progress, and serves the request behind it', async () => {
    const server = createServer(OPTIONS, (_, response) => response.end('ok'))
    const { lifecycle, port } = await serve(server)
    const opening = connectRaw(port, { tls: true })
    // The server has taken the connection, and has not read the client's hello, when the stop comes.
    await once(server, 'connection')
    const stopped = lifecycle.shutdown()
    const client = await opening
    client.send(get('/'))
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect([client.statuses, client.connectionHeaders]).toEqual([[200], ['close']])
    expect(report.outcome).toBe('clean')
  })

  it('serves 10 of 10 requests that were in the kernel when the stop came', async () => {
    const clock = createShiftedClock()
    const server = createServer(OPTIONS, (_, response) => response.end('raced'))
    const { lifecycle, port } = await serve(server, { lifecycle: { clock } })
    const clients = await Promise.all(Array.from({ length: 10 }, () => connectRaw(port, { tls: true })))
    for (const client of clients) client.send(get('/warm'))
    await Promise.all(clients.map((client) => client.saw('raced')))
    clock.shift(10_000)
    for (const client of clients) client.send(get('/race/1') + get('/race/2'))
    const report = await lifecycle.shutdown()
    for (const client of clients) expect(await client.ended()).toBe('closed')
    expect(clients.map(({ statuses }) => statuses)).toEqual(clients.map(() => [200, 200, 200]))
    expect(report.outcome).toBe('clean')
  })

  it('cuts a handshake that stalls, at the deadline, and names it', async () => {
    const server = createServer(OPTIONS, (_, response) => response.end('ok'))
    const { lifecycle, port } = await serve(server, { lifecycle: { drainTimeoutMs: 200 } })
    const socket = connect(port)
    socket.on('error', () => {})
    // A record that says that it is longer than what follows.
    socket.write(Buffer.from([22, 3, 1, 1, 0, 1]))
    const raw = await new Promise<Socket>((resolve) => void server.once('connection', resolve))
    await until('the server read it', () => raw.bytesRead > 0)
    const report = await lifecycle.shutdown()
    expect(report.cut).toMatchObject([{ kind: 'connection', name: expect.stringContaining('TLS handshake from') }])
    socket.destroy()
  })
})
