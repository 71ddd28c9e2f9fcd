import { createLifecycle, type Lifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeProcess } from '@lastcall/testing'
import type Koa from 'koa'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest'
import { listen } from '../test/fixtures/listen.ts'
import { VERSIONS } from '../test/fixtures/versions.ts'
import { attachServer, lastcall } from './index.ts'

const PATHS = ['/livez', '/readyz', '/startupz'] as const
const servers = new Set<Server>()

async function makeLifecycle(options: LifecycleOptions = {}) {
  const process = createFakeProcess()
  const lifecycle = createLifecycle({ process, ...options })
  await lifecycle.start()
  return { lifecycle, process }
}

/** Has an app listen on a server that nobody attaches, and gives what asks it for a path. */
async function serve(app: Koa) {
  const { server, url } = await listen(app)
  servers.add(server)
  return { server, ask: (path: string, init: RequestInit = {}) => fetch(url + path, init) }
}

async function statusesOf(ask: (path: string) => Promise<Response>, paths: readonly string[]) {
  return Promise.all(paths.map(async (path) => (await ask(path)).status))
}

afterEach(() => {
  for (const server of servers) server.close().closeAllConnections()
  servers.clear()
})

describe.each(VERSIONS)('lastcall on $name', ({ Koa }) => {
  it('answers the probes of requests that come by no attached server, as they are, before what is used behind it', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = new Koa()
    app.use(lastcall(lifecycle))
    const seen: string[] = []
    app.use((ctx) => {
      seen.push(ctx.url)
      ctx.status = 401
    })
    const { ask } = await serve(app)

    expect(await statusesOf(ask, PATHS)).toEqual([200, 200, 200])
    const answer = await ask('/readyz?verbose')
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toBe('[+]lifecycle ok\nreadyz check passed\n')
    expect((await ask('/readyz')).headers.get('content-type')).toBe('application/health+json')
    const head = await ask('/readyz', { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/health+json'])
    expect((await ask('/readyz', { method: 'POST' })).status).toBe(405)
    expect((await ask('/readyz/nobody')).status).toBe(404)
    expect(seen).toEqual([])
    expect(await statusesOf(ask, ['/readyzz', '/'])).toEqual([401, 401])
  })

  it('leaves the probes of an attached server to that: they are answered before whatever Koa does', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = new Koa()
    const seen: string[] = []
    app.use((ctx) => {
      seen.push(ctx.url)
      ctx.status = 429
    })
    app.use(lastcall(lifecycle))
    const { ask, server } = await serve(app)
    attachServer(lifecycle, server)

    expect(await statusesOf(ask, [...PATHS, '/orders'])).toEqual([200, 200, 200, 429])
    expect(seen).toEqual(['/orders'])
  })

  it('answers probes elsewhere, and not at all', async () => {
    const { lifecycle } = await makeLifecycle()
    const moved = new Koa()
    moved.use(lastcall(lifecycle, { probes: { liveness: '/healthz', startup: false } }))
    expect(await statusesOf((await serve(moved)).ask, ['/healthz', '/readyz', '/livez', '/startupz'])).toEqual([
      200, 200, 404, 404,
    ])
    const off = new Koa()
    off.use(lastcall(lifecycle, { probes: false }))
    expect(await statusesOf((await serve(off)).ask, PATHS)).toEqual([404, 404, 404])
  })

  it('gives the middleware behind it the lifecycle, whatever the state is typed as', async () => {
    const { lifecycle } = await makeLifecycle({ name: 'orders' })
    const app = new Koa()
    app.use(lastcall(lifecycle))
    app.use((ctx) => {
      expectTypeOf(ctx.state.lifecycle).toEqualTypeOf<Lifecycle>()
      ctx.body = ctx.state.lifecycle.name
    })
    const { ask } = await serve(app)
    expect(await (await ask('/')).text()).toBe('orders')

    new Koa<{ user: string }>().use(lastcall(lifecycle)).use((ctx) => {
      expectTypeOf(ctx.state.user).toEqualTypeOf<string>()
      expectTypeOf(ctx.state.lifecycle).toEqualTypeOf<Lifecycle>()
    })
  })

  it('warns, once, that nobody drains the server that requests come by', async () => {
    const { lifecycle, process } = await makeLifecycle()
    const app = new Koa()
    app.use(lastcall(lifecycle))
    const attached = await serve(app)
    attachServer(lifecycle, attached.server)
    await attached.ask('/')
    expect(process.warnings).toEqual([])

    const forgotten = await serve(app)
    await forgotten.ask('/readyz')
    await forgotten.ask('/')
    expect(process.warnings).toMatchObject([{ code: 'LASTCALL_NOT_ATTACHED' }])
  })

  it('drains a stream of events that ends in the drain, and names it', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = new Koa()
    app.use(lastcall(lifecycle))
    const streams = new Set<PassThrough>()
    lifecycle.onShutdown('events', () => streams.forEach((stream) => stream.end('data: last\n\n')), { phase: 'drain' })
    app.use((ctx) => {
      const stream = new PassThrough()
      stream.write(': hello\n\n')
      streams.add(stream.on('close', () => streams.delete(stream)))
      ctx.type = 'text/event-stream'
      ctx.body = stream
    })
    const { ask, server } = await serve(app)
    attachServer(lifecycle, server)
    const events = await ask('/events')
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'request', name: 'GET /events' }])

    const report = await lifecycle.shutdown()

    expect(await events.text()).toBe(': hello\n\ndata: last\n\n')
    expect(report).toMatchObject({ outcome: 'clean', inFlight: [{ name: 'GET /events' }], cut: [] })
    expect(streams.size).toBe(0)
  })

  it('works on HTTP/2: probes, a request in flight, GOAWAY', async () => {
    const { lifecycle, process } = await makeLifecycle()
    const app = new Koa()
    app.use(lastcall(lifecycle))
    app.use(async (ctx) => {
      await once(ctx.state.lifecycle.draining, 'abort')
      ctx.body = 'done'
    })
    const server = createHttp2Server(app.callback())
    attachServer(lifecycle, server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [headers] = await once(session.request({ ':path': '/readyz' }).resume(), 'response')
    expect(headers[':status']).toBe(200)
    const slow = text(session.request({ ':path': '/slow' }))
    await once(server, 'request')
    const told = once(session, 'goaway')

    const report = await lifecycle.shutdown()

    expect(await slow).toBe('done')
    await told
    expect(report).toMatchObject({ outcome: 'clean', inFlight: [{ name: 'GET /slow' }] })
    expect(process.warnings).toEqual([])
  })
})
