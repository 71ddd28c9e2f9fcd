import { LastcallError } from '@lastcall/core'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectRaw, get } from '../test/raw-client.ts'
import { createTestLifecycle, serve, serveHttp } from '../test/service.ts'
import { until } from '../test/until.ts'
import { attachServer } from './attach-server.ts'

/** Status and body of one GET. */
async function fetchOnce(port: number, path: string): Promise<readonly [number, string]> {
  const response = await fetch(`http://localhost:${port}${path}`, { headers: { connection: 'close' } })
  return [response.status, await response.text()]
}

describe('attachServer', () => {
  it('answers the probes, and leaves every other request to the server', async () => {
    const { port } = await serveHttp(({ url }, response) => response.end(`app ${url}`))
    expect((await fetchOnce(port, '/livez'))[0]).toBe(200)
    expect((await fetchOnce(port, '/readyz?verbose'))[1]).not.toContain('app')
    expect((await fetchOnce(port, '/startupz'))[0]).toBe(200)
    expect(await fetchOnce(port, '/livezoo')).toEqual([200, 'app /livezoo'])
    expect(await fetchOnce(port, '/')).toEqual([200, 'app /'])
  })

  it('answers them elsewhere, or not at all', async () => {
    const moved = await serveHttp((_, response) => response.end('app'), {
      attach: { probes: { liveness: '/health/live', readiness: false } },
    })
    expect((await fetchOnce(moved.port, '/health/live'))[1]).not.toBe('app')
    expect((await fetchOnce(moved.port, '/startupz'))[1]).not.toBe('app')
    for (const path of ['/livez', '/readyz']) expect(await fetchOnce(moved.port, path)).toEqual([200, 'app'])
    const off = await serveHttp((_, response) => response.end('app'), { attach: { probes: false } })
    for (const path of ['/livez', '/readyz', '/startupz']) expect(await fetchOnce(off.port, path)).toEqual([200, 'app'])
  })

  it('answers readiness with 503 until the lifecycle has started', async () => {
    const server = createServer()
    const lifecycle = createTestLifecycle()
    attachServer(lifecycle, server)
    await new Promise<void>((resolve) => void server.listen(0, resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    expect((await fetchOnce(port, '/readyz'))[0]).toBe(503)
    await lifecycle.start()
    expect((await fetchOnce(port, '/readyz'))[0]).toBe(200)
  })

  it('covers listeners that are added later', async () => {
    const { lifecycle, server, port } = await serve(createServer())
    server.on('request', (_: unknown, response: { end(text: string): void }) => response.end('later'))
    expect((await fetchOnce(port, '/livez'))[1]).not.toBe('later')
    const client = await connectRaw(port)
    client.send(get('/'))
    await client.saw('later')
    expect((await lifecycle.shutdown()).outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
  })

  it('tells the lifecycle when a new connection brought its first request, probes left out', async () => {
    let lastConnectionAt: (() => number | undefined) | undefined
    const lifecycle = createTestLifecycle()
    const server = createServer((_, response) => response.end('ok'))
    attachServer(
      { ...lifecycle, attach: (drainable) => ((lastConnectionAt = drainable.lastConnectionAt), () => {}) },
      server,
    )
    await new Promise<void>((resolve) => void server.listen(0, resolve))
    onTestFinished(() => void server.closeAllConnections())
    onTestFinished(() => void server.close())
    const client = await connectRaw((server.address() as AddressInfo).port)
    client.send(get('/livez'))
    await client.saw('200')
    expect(lastConnectionAt?.()).toBeUndefined()
    client.send(get('/1'))
    await client.saw('ok')
    const first = lastConnectionAt?.()
    expect(first).toBeTypeOf('number')
    client.send(get('/2'))
    await until('both are answered', () => client.statuses.length === 3)
    expect(lastConnectionAt?.()).toBe(first)
  })

  it('refuses a server that is attached, until it is detached', () => {
    const server = createServer()
    const detach = attachServer(createTestLifecycle(), server)
    expect(() => attachServer(createTestLifecycle(), server)).toThrow(LastcallError)
    expect(() => attachServer(createTestLifecycle(), server)).toThrow('attach it once, or detach it first')
    detach()
    attachServer(createTestLifecycle(), server)()
    expect(Object.getOwnPropertySymbols(server).map(String)).not.toContain('Symbol(lastcall.attached)')
    expect(Object.hasOwn(server, 'emit')).toBe(false)
  })

  it('leaves a detached server to itself', async () => {
    const server = createServer((_, response) => response.end('app'))
    const lifecycle = createTestLifecycle()
    const detach = attachServer(lifecycle, server)
    await new Promise<void>((resolve) => void server.listen(0, resolve))
    onTestFinished(() => void server.close())
    detach()
    const { port } = server.address() as AddressInfo
    expect(await fetchOnce(port, '/livez')).toEqual([200, 'app'])
    await lifecycle.shutdown()
    expect(server.listening).toBe(true)
  })

  it('drains connections that another server hands over', async () => {
    const server = createServer({ keepAliveTimeout: 72_000 }, (_, response) => response.end('ok'))
    const lifecycle = createTestLifecycle()
    attachServer(lifecycle, server)
    await lifecycle.start()
    const front = createTcpServer((socket) => void server.emit('connection', socket))
    await new Promise<void>((resolve) => void front.listen(0, resolve))
    onTestFinished(() => void front.close())
    const client = await connectRaw((front.address() as AddressInfo).port)
    client.send(get('/'))
    await client.saw('ok')
    expect((await lifecycle.shutdown()).outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
  })
})
