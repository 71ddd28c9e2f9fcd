import { createLifecycle, type Lifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeProcess, waitUntil } from '@lastcall/testing'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest'
import { listen } from '../test/fixtures/listen.ts'
import { type Serve, VERSIONS } from '../test/fixtures/versions.ts'
import { attachServer, lastcall } from './index.ts'

const PATHS = ['/livez', '/readyz', '/startupz'] as const
const servers = new Set<Server>()

async function makeLifecycle(options: LifecycleOptions = {}) {
  const process = createFakeProcess()
  const lifecycle = createLifecycle({ process, ...options })
  await lifecycle.start()
  return { lifecycle, process }
}

type Ask = (path: string, init?: RequestInit) => Response | Promise<Response>

/** Has an app listen on a server that nobody attaches, and gives what asks it for a path. */
async function listenAndAsk(app: Hono, serve: Serve) {
  const { server, url } = await listen(app, serve)
  servers.add(server as Server)
  return { server, ask: (path: string, init: RequestInit = {}) => fetch(url + path, init) }
}

async function statusesOf(ask: Ask, paths: readonly string[]) {
  return Promise.all(paths.map(async (path) => (await ask(path)).status))
}

afterEach(() => {
  for (const server of servers) server.close().closeAllConnections()
  servers.clear()
})

describe('lastcall', () => {
  it('answers probes elsewhere, and not at all', async () => {
    const { lifecycle } = await makeLifecycle()
    const moved = new Hono().use(lastcall(lifecycle, { probes: { liveness: '/healthz', startup: false } }))
    expect(await statusesOf(moved.request, ['/healthz', '/readyz', '/livez', '/startupz'])).toEqual([
      200, 200, 404, 404,
    ])
    const off = new Hono().use(lastcall(lifecycle, { probes: false }))
    expect(await statusesOf(off.request, PATHS)).toEqual([404, 404, 404])
  })

  it('matches whole paths, as Hono does, wherever it is used', async () => {
    const { lifecycle } = await makeLifecycle()
    const api = new Hono().use(lastcall(lifecycle, { probes: { liveness: '/api/livez' } }))
    const app = new Hono().route('/api', api)
    expect(await statusesOf(app.request, ['/api/livez', '/api/readyz', '/livez'])).toEqual([200, 404, 404])
    const mounted = new Hono().mount('/internal', new Hono().use(lastcall(lifecycle)).fetch)
    expect(await statusesOf(mounted.request, ['/internal/livez', '/livez'])).toEqual([200, 404])
  })

  it('gives handlers the lifecycle', async () => {
    const { lifecycle } = await makeLifecycle({ name: 'orders' })
    const app = new Hono<{ Bindings: { region: string } }>()
    app.use(lastcall(lifecycle))
    app.get('/', (c) => {
      expectTypeOf(c.get('lifecycle')).toEqualTypeOf<Lifecycle>()
      return c.text(c.var.lifecycle.name)
    })
    expect(await (await app.request('/')).text()).toBe('orders')
  })
})

/** Where requests come from: a server of either major, or no server at all. */
const SOURCES = [
  ...VERSIONS.map(({ name, serve }) => ({
    name,
    open: async (app: Hono): Promise<Ask> => (await listenAndAsk(app, serve)).ask,
  })),
  { name: 'app.request()', open: async (app: Hono): Promise<Ask> => app.request },
]

describe.each(SOURCES)('lastcall with requests from $name', ({ open }) => {
  it('answers probes as they are, before what is used behind it', async () => {
    const { lifecycle } = await makeLifecycle({ details: ({ headers }) => headers.token === 'secret' })
    lifecycle.check({ name: 'disk', run: () => ({ status: 'warn', output: 'nearly full' }) })
    await waitUntil(() => lifecycle.probe('readiness').status === 'warn', { what: 'the first result' })
    const app = new Hono()
    app.use(lastcall(lifecycle))
    const seen: string[] = []
    app.use(async (c) => {
      seen.push(c.req.path)
      return c.body(null, 401)
    })
    const ask = await open(app)

    expect(await statusesOf(ask, PATHS)).toEqual([200, 200, 200])
    const answer = await ask('/readyz/disk?verbose', { headers: { token: 'secret' } })
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toBe('[!]disk warning: nearly full\nreadyz check passed\n')
    expect((await ask('/readyz')).headers.get('content-type')).toBe('application/health+json')
    const head = await ask('/readyz', { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/health+json',
      '',
    ])
    expect((await ask('/readyz', { method: 'POST' })).status).toBe(405)
    expect((await ask('/readyz/nobody')).status).toBe(404)
    expect(seen).toEqual([])
    expect(await statusesOf(ask, ['/readyzz', '/'])).toEqual([401, 401])
  })
})

describe.each(VERSIONS)('lastcall on $name', ({ serve }) => {
  it('leaves the probes of an attached server to that: they are answered before whatever Hono does', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = new Hono()
    const seen: string[] = []
    app.use(async (c) => {
      seen.push(c.req.path)
      return c.body(null, 429)
    })
    app.use(lastcall(lifecycle))
    const { ask, server } = await listenAndAsk(app, serve)
    attachServer(lifecycle, server)

    expect(await statusesOf(ask, [...PATHS, '/orders'])).toEqual([200, 200, 200, 429])
    expect(seen).toEqual(['/orders'])
  })

  it('warns, once, that nobody drains the server that requests come by', async () => {
    const { lifecycle, process } = await makeLifecycle()
    const app = new Hono()
    app.use(lastcall(lifecycle))
    const attached = await listenAndAsk(app, serve)
    attachServer(lifecycle, attached.server)
    await attached.ask('/')
    await app.request('/')
    expect(process.warnings).toEqual([])

    const forgotten = await listenAndAsk(app, serve)
    await forgotten.ask('/readyz')
    await forgotten.ask('/')
    expect(process.warnings).toMatchObject([{ code: 'LASTCALL_NOT_ATTACHED' }])
  })

  it('drains a stream of events that ends in the drain, and names it', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = new Hono()
    app.use(lastcall(lifecycle))
    const streams = new Set<() => void>()
    lifecycle.onShutdown('events', () => streams.forEach((end) => end()), { phase: 'drain' })
    app.get('/events', (c) =>
      streamSSE(c, async (stream) => {
        const { promise: ended, resolve: end } = Promise.withResolvers<void>()
        stream.onAbort(end)
        streams.add(end)
        await stream.writeSSE({ data: 'hello' })
        await ended
        streams.delete(end)
        await stream.writeSSE({ data: 'last' })
      }),
    )
    const { ask, server } = await listenAndAsk(app, serve)
    attachServer(lifecycle, server)
    const events = await ask('/events')
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'request', name: 'GET /events' }])

    const report = await lifecycle.shutdown()

    expect(await events.text()).toBe('data: hello\n\ndata: last\n\n')
    expect(report).toMatchObject({ outcome: 'clean', inFlight: [{ name: 'GET /events' }], cut: [] })
  })

  it('works on HTTP/2: probes, a request in flight, GOAWAY', async () => {
    const { lifecycle, process } = await makeLifecycle()
    const app = new Hono()
    app.use(lastcall(lifecycle))
    app.get('/slow', async (c) => {
      await once(c.get('lifecycle').draining, 'abort')
      return c.text('done')
    })
    const { server, url } = await listen(app, serve, { createServer: createHttp2Server })
    attachServer(lifecycle, server)
    const session = connect(url)
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
