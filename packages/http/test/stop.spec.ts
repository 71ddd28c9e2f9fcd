import { localhostCertificate } from '@lastcall/testing'
import { createServer, type ServerResponse } from 'node:http'
import { createSecureServer, createServer as createHttp2Server } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { attachServer } from '../src/attach-server.ts'
import { connectHttp2 } from './http2-client.ts'
import { connectRaw, get } from './raw-client.ts'
import { createGate, createShiftedClock, createTestLifecycle, serve, serveHttp } from './service.ts'
import { until } from './until.ts'

describe('stopping', () => {
  it('before listen is fine, and a listen that comes later ends at once', async () => {
    const server = createServer()
    const lifecycle = createTestLifecycle()
    attachServer(lifecycle, server)
    await lifecycle.start()
    expect((await lifecycle.shutdown()).outcome).toBe('clean')
    const heard = new Promise<void>((resolve) => void server.listen(0, resolve))
    await heard
    await until('it stopped listening', () => !server.listening)
  })

  it('twice gives both callers the same report', async () => {
    const { lifecycle } = await serveHttp((_, response) => response.end('ok'))
    const [first, second] = await Promise.all([lifecycle.shutdown('one'), lifecycle.shutdown('two')])
    expect(first).toBe(second)
    expect(await lifecycle.shutdown('three')).toBe(first)
    expect(first).toMatchObject({ outcome: 'clean', reason: { text: 'one' } })
  })

  it('drains several servers of one lifecycle', async () => {
    const gate = createGate()
    const lifecycle = createTestLifecycle()
    const servers = [1, 2].map(() =>
      createServer(async (_, response) => {
        await gate.opened
        response.end('ok')
      }),
    )
    for (const server of servers) attachServer(lifecycle, server)
    for (const server of servers) await new Promise<void>((resolve) => void server.listen(0, resolve))
    await lifecycle.start()
    const clients = await Promise.all(servers.map((server) => connectRaw((server.address() as AddressInfo).port)))
    for (const client of clients) client.send(get('/'))
    await until('both arrived', () => lifecycle.inFlight().length === 2)
    const stopped = lifecycle.shutdown()
    gate.open()
    expect((await stopped).outcome).toBe('clean')
    for (const client of clients) expect(await client.ended()).toBe('closed')
    expect(clients.map(({ connectionHeaders }) => connectionHeaders)).toEqual([['close'], ['close']])
  })

  it.each(['after', 'during'])('calls back a server.close() that comes %s it, without an error', async (when) => {
    const gate = createGate()
    const { lifecycle, server, port } = await serveHttp(async (_, response) => {
      await gate.opened
      response.end('ok')
    })
    const client = await connectRaw(port)
    client.send(get('/'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    if (when === 'after') gate.open()
    if (when === 'after') await stopped
    const closed = new Promise<unknown>((resolve) => void server.close(resolve))
    gate.open()
    expect(await closed).toBeUndefined()
    expect((await stopped).outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
    expect(client.statuses).toEqual([200])
  })

  it('is fine when the user has closed the server before', async () => {
    const gate = createGate()
    const { lifecycle, server, port } = await serveHttp(async (_, response) => {
      await gate.opened
      response.end('ok')
    })
    const client = await connectRaw(port)
    client.send(get('/'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const closed = new Promise<unknown>((resolve) => void server.close(resolve))
    const stopped = lifecycle.shutdown()
    gate.open()
    expect((await stopped).outcome).toBe('clean')
    expect(await closed).toBeUndefined()
    expect(await client.ended()).toBe('closed')
    expect(client.connectionHeaders).toEqual(['close'])
  })

  it('closes idle connections that are older than the attachment, and drains their requests', async () => {
    const gate = createGate()
    const server = createServer({ keepAliveTimeout: 72_000 }, async ({ url }, response) => {
      if (url === '/slow') await gate.opened
      response.end('ok')
    })
    await new Promise<void>((resolve) => void server.listen(0, resolve))
    const { port } = server.address() as AddressInfo
    const [idle, busy] = await Promise.all([connectRaw(port), connectRaw(port)])
    for (const client of [idle, busy]) client.send(get('/'))
    for (const client of [idle, busy]) await client.saw('ok')
    const lifecycle = createTestLifecycle()
    attachServer(lifecycle, server)
    await lifecycle.start()
    busy.send(get('/slow'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    expect(await idle.ended()).toBe('closed')
    gate.open()
    expect((await stopped).outcome).toBe('clean')
    expect(await busy.ended()).toBe('closed')
    expect(busy.connectionHeaders).toEqual(['keep-alive', 'close'])
  })
})

describe('after the stop', () => {
  it.each([
    { kind: 'https', scheme: 'https', make: () => createHttpsServer(localhostCertificate) },
    { kind: 'h2c', scheme: 'http', make: () => createHttp2Server() },
    { kind: 'HTTP/2', scheme: 'https', make: () => createSecureServer(localhostCertificate) },
  ] as const)('no timer of ours is left: $kind', async ({ kind, scheme, make }) => {
    const clock = createShiftedClock()
    const { lifecycle, port, server } = await serve(make(), { lifecycle: { clock } })
    const gate = createGate()
    const answered: (() => Promise<unknown>)[] = []
    server.on('request', async (_: unknown, response: ServerResponse) => {
      await gate.opened
      response.end('ok')
    })
    if (kind === 'https') {
      const client = await connectRaw(port, { tls: true })
      client.send(get('/'))
      answered.push(client.ended)
    } else {
      const client = await connectHttp2(scheme, port)
      const { answer } = client.request('/')
      answered.push(() => answer)
    }
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    gate.open()
    await Promise.all(answered.map((wait) => wait()))
    expect((await stopped).outcome).toBe('clean')
    expect(clock.pending).toBe(0)
  })
})

describe('the accept queue', () => {
  it.each([
    { connections: 2000, backlog: 4096 },
    { connections: 1000, backlog: 511 },
  ])('loses none of $connections connections at once, with a backlog of $backlog', async ({ connections, backlog }) => {
    // Its time goes slowly: no flood is taken for one that never ends, however slow the machine.
    const clock = { ...createShiftedClock(), now: () => performance.now() / 10 }
    const options = { backlog, lifecycle: { clock, gracePeriodMs: 120_000 } }
    const { lifecycle, port } = await serveHttp((_, response) => response.end('served'), options)
    const outcomes = Array.from({ length: connections }, () => {
      const socket: Socket = connect(port, '127.0.0.1')
      return new Promise<string>((resolve) => {
        let text = ''
        socket.on('connect', () => socket.write(get('/')))
        socket.on('data', (data: Buffer) => (text += data.toString()))
        socket.on('error', (error) => resolve(error.message))
        socket.on('close', () => resolve(text.endsWith('served') ? 'served' : `cut: ${text}`))
      })
    })
    // The connections are made, and nobody has accepted any.
    await new Promise<void>((resolve) => process.nextTick(resolve))
    const stopped = lifecycle.shutdown()
    const counts = Map.groupBy(await Promise.all(outcomes), (outcome) => outcome)
    expect([...counts].map(([outcome, { length }]) => [outcome, length])).toEqual([['served', connections]])
    expect((await stopped).outcome).toBe('clean')
  })
})
