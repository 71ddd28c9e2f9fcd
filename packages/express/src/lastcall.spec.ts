import { createLifecycle, type Lifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeProcess } from '@lastcall/testing'
import type { Express, Response } from 'express'
import type { Server } from 'node:http'
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
async function serve(app: Express) {
  const { server, url } = await listen(app)
  servers.add(server)
  return { server, ask: (path: string, init: RequestInit = {}) => fetch(url + path, init) }
}

async function statusesOf(ask: (path: string) => Promise<{ status: number }>, paths: readonly string[]) {
  return Promise.all(paths.map(async (path) => (await ask(path)).status))
}

afterEach(() => {
  for (const server of servers) server.close().closeAllConnections()
  servers.clear()
})

describe.each(VERSIONS)('lastcall on $name', ({ express }) => {
  it('answers the probes of requests that come by no attached server, as they are, before what is used behind it', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = express()
    app.use(lastcall(lifecycle))
    const seen: string[] = []
    app.use(express.json(), ({ url }, response) => {
      seen.push(url)
      response.sendStatus(401)
    })
    const { ask } = await serve(app)

    expect(await statusesOf(ask, PATHS)).toEqual([200, 200, 200])
    const answer = await ask('/readyz?verbose', { headers: { 'if-none-match': '*' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBeNull()
    expect(await answer.text()).toBe('[+]lifecycle ok\nreadyz check passed\n')
    expect((await ask('/readyz')).headers.get('content-type')).toBe('application/health+json')
    expect((await ask('/readyz', { method: 'HEAD' })).status).toBe(200)
    expect((await ask('/readyz', { method: 'POST', body: '{' })).status).toBe(405)
    expect((await ask('/readyz/nobody')).status).toBe(404)
    expect(seen).toEqual([])
    expect(await statusesOf(ask, ['/readyzz', '/'])).toEqual([401, 401])
  })

  it('leaves the probes of an attached server to that: they are answered before whatever Express does', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = express()
    const seen: string[] = []
    app.use(({ url }, response) => {
      seen.push(url)
      response.sendStatus(429)
    })
    app.use(lastcall(lifecycle))
    const { ask, server } = await serve(app)
    attachServer(lifecycle, server)

    expect(await statusesOf(ask, [...PATHS, '/orders'])).toEqual([200, 200, 200, 429])
    expect(seen).toEqual(['/orders'])
  })

  it('answers probes elsewhere, and not at all', async () => {
    const { lifecycle } = await makeLifecycle()
    const moved = express()
    moved.use(lastcall(lifecycle, { probes: { liveness: '/healthz', startup: false } }))
    expect(await statusesOf((await serve(moved)).ask, ['/healthz', '/readyz', '/livez', '/startupz'])).toEqual([
      200, 200, 404, 404,
    ])
    const off = express()
    off.use(lastcall(lifecycle, { probes: false }))
    expect(await statusesOf((await serve(off)).ask, PATHS)).toEqual([404, 404, 404])
  })

  it('answers below the path that it, or its app, is mounted on', async () => {
    const { lifecycle } = await makeLifecycle()
    const app = express()
    const admin = express()
    admin.use(lastcall(lifecycle))
    app.use('/internal', lastcall(lifecycle))
    app.use('/admin', admin)
    const { ask } = await serve(app)

    expect(await statusesOf(ask, ['/internal/livez', '/admin/livez', '/livez'])).toEqual([200, 200, 404])
  })

  it('gives handlers the lifecycle', async () => {
    const { lifecycle } = await makeLifecycle({ name: 'orders' })
    const app = express()
    app.use(lastcall(lifecycle))
    app.get('/', (request, response) => {
      expectTypeOf(request.lifecycle).toEqualTypeOf<Lifecycle>()
      response.send(request.lifecycle.name)
    })
    const { ask } = await serve(app)

    expect(await (await ask('/')).text()).toBe('orders')
  })

  it('warns, once, that nobody drains the server that requests come by', async () => {
    const { lifecycle, process } = await makeLifecycle()
    const app = express()
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
    const app = express()
    app.use(lastcall(lifecycle))
    const streams = new Set<Response>()
    lifecycle.onShutdown('events', () => streams.forEach((stream) => stream.end('data: last\n\n')), { phase: 'drain' })
    app.get('/events', (_, response) => {
      response.set('content-type', 'text/event-stream').write(': hello\n\n')
      streams.add(response.on('close', () => streams.delete(response)))
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
})
