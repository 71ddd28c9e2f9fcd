import { createLifecycle } from '@lastcall/core'
import { createFakeProcess } from '@lastcall/testing'
import Fastify, { type FastifyInstance, type FastifyServerOptions, type RouteOptions } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from '../test/fixtures/create-client.ts'
import { lastcall, type ProbeRouteOptions } from './index.ts'

const apps: FastifyInstance[] = []
const PATHS = ['/livez', '/readyz', '/startupz'] as const

/** An app with a running lifecycle, and what its hooks and its log have seen. */
async function makeApp(options: ProbeRouteOptions = {}, serverOptions: FastifyServerOptions = {}) {
  const lifecycle = createLifecycle({ process: createFakeProcess(), details: 'always' })
  const lines: string[] = []
  const logger = { stream: { write: (line: string) => void lines.push(line) } }
  const app = Fastify({ logger, ...serverOptions })
  const routes: RouteOptions[] = []
  apps.push(app)
  app.addHook('onRoute', (route) => void routes.push(route))
  await app.register(lastcall, { lifecycle, ...options })
  await lifecycle.start()
  return { app, lifecycle, lines, routes }
}

const listen = (app: FastifyInstance) => app.listen({ port: 0, host: '127.0.0.1' })

afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()))
})

describe('the probes', () => {
  it('answer app.inject(), and real requests on the servers of Fastify', async () => {
    const { app, lifecycle } = await makeApp()
    lifecycle.check({ name: 'disk', run: () => {} })
    const url = await listen(app)
    const { get } = createClient()

    for (const path of [...PATHS, '/readyz/lifecycle', '/readyz?verbose']) {
      const injected = await app.inject(path)
      const got = await get(url + path)
      expect({ path, status: got.status, body: got.body }).toEqual({ path, status: 200, body: injected.body })
      expect(injected).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } })
      expect(injected.headers['content-type']).toContain(got.headers['content-type'])
    }
    expect((await app.inject('/readyz/nobody')).statusCode).toBe(404)
    expect((await app.inject({ method: 'HEAD', url: '/readyz' })).body).toBe('')
  })

  it('answer before hooks, rate limits and the access log', async () => {
    const { app, lines } = await makeApp()
    const asked: string[] = []
    app.addHook('onRequest', async (request, reply) => {
      asked.push(request.url)
      await reply.code(429).send()
    })
    const url = await listen(app)
    lines.length = 0
    const { get } = createClient()

    expect(await Promise.all(PATHS.map(async (path) => (await get(url + path)).status))).toEqual([200, 200, 200])
    expect(asked).toEqual([])
    expect(lines).toEqual([])
    expect((await get(`${url}/orders`)).status).toBe(429)
    expect(asked).toEqual(['/orders'])
  })

  it('are silent routes, unless a log level is asked for', async () => {
    const silent = await makeApp()
    await silent.app.inject('/readyz')
    expect(silent.lines).toEqual([])

    const loud = await makeApp({ logLevel: 'info' })
    await loud.app.inject('/readyz')
    expect(loud.lines.join('')).toContain('incoming request')
  })

  it('are hidden from OpenAPI and seen in printRoutes()', async () => {
    const { app, routes } = await makeApp()
    await app.ready()

    expect(routes.length).toBeGreaterThan(0)
    expect(routes.filter(({ schema }) => !schema || !('hide' in schema))).toEqual([])
    for (const path of PATHS) expect(app.hasRoute({ method: 'GET', url: path })).toBe(true)
  })

  it('can be moved, and turned off one by one or altogether', async () => {
    const moved = await makeApp({ probes: { liveness: '/healthz', startup: false } })
    const url = await listen(moved.app)
    const { get } = createClient()
    for (const [path, status] of Object.entries({ '/healthz': 200, '/readyz': 200, '/livez': 404, '/startupz': 404 })) {
      expect({ path, status: (await moved.app.inject(path)).statusCode }).toEqual({ path, status })
      expect({ path, status: (await get(url + path)).status }).toEqual({ path, status })
    }

    const off = await makeApp({ probes: false })
    const offUrl = await listen(off.app)
    for (const path of PATHS) {
      expect((await off.app.inject(path)).statusCode).toBe(404)
      expect((await get(offUrl + path)).status).toBe(404)
    }
  })

  it('answer below the prefix of the instance that the plugin is registered on', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const app = Fastify()
    apps.push(app)
    await app.register(async (api) => void (await api.register(lastcall, { lifecycle })), { prefix: '/api' })
    const url = await listen(app)
    const { get } = createClient()

    for (const [path, status] of Object.entries({ '/api/livez': 200, '/livez': 404 })) {
      expect({ path, status: (await app.inject(path)).statusCode }).toEqual({ path, status })
      expect({ path, status: (await get(url + path)).status }).toEqual({ path, status })
    }
  })

  it('refuse a path that the app uses itself', async () => {
    const { app } = await makeApp()

    expect(() => app.get('/readyz', async () => 'mine')).toThrow(
      expect.objectContaining({ code: 'FST_ERR_DUPLICATED_ROUTE' }),
    )
  })

  it('leave spellings that only a lenient router takes for theirs unanswered', async () => {
    const { app } = await makeApp({}, { routerOptions: { caseSensitive: false } })

    expect((await app.inject('/READYZ')).statusCode).toBe(404)
  })
})
