import type { Lifecycle } from '@lastcall/core'
import { waitUntil } from '@lastcall/testing'
import { Controller, Sse } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import dns from 'node:dns'
import { concat, fromEvent, NEVER, of, takeUntil } from 'rxjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { get } from '../../test/fixtures/get.ts'
import { makeApp } from '../../test/fixtures/make-app.ts'
import { PLATFORMS } from '../../test/fixtures/platforms.ts'
import { InjectLifecycle } from '../index.ts'

afterEach(() => vi.restoreAllMocks())

describe.each(PLATFORMS)('attachHttp on %s', (_, createAdapter) => {
  it('answers the probes without the global prefix, and leaves the rest to Nest', async () => {
    const { app, listen } = await makeApp({ createAdapter })
    app.setGlobalPrefix('api')
    const url = await listen()

    await waitUntil(async () => (await get(`${url}/readyz`)).status === 200, { what: 'readiness' })
    expect((await get(`${url}/livez`)).headers['cache-control']).toBe('no-store')
    expect((await get(`${url}/api/quick`)).body).toBe('ok')
    expect((await get(`${url}/api/livez`)).status).toBe(404)
    await app.close()
  })

  it('answers 200 and not 503 as long as it serves, and says Connection: close', async () => {
    const { app, process, listen } = await makeApp({
      createAdapter,
      options: { gracePeriodMs: 600_000, lameDuck: { minMs: 300_000 } },
    })
    const url = await listen()
    await waitUntil(async () => (await get(`${url}/readyz`)).status === 200, { what: 'readiness' })

    process.kill('SIGTERM')

    expect(await get(`${url}/quick`)).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect((await get(`${url}/readyz`)).status).toBe(503)
    process.kill('SIGTERM')
    await app.close()
  })
})

describe.each(PLATFORMS)('an @Sse() stream on %s', (_, createAdapter) => {
  it('ends when the signal of the lifecycle ends it, and its connection closes', async () => {
    @Controller()
    class Events {
      readonly #lifecycle: Lifecycle

      constructor(@InjectLifecycle() lifecycle: Lifecycle) {
        this.#lifecycle = lifecycle
      }

      @Sse('events')
      follow() {
        return concat(of({ data: 'hello' }), NEVER).pipe(takeUntil(fromEvent(this.#lifecycle.draining, 'abort')))
      }
    }
    const { app, lifecycle, listen } = await makeApp({ createAdapter, controllers: [Events] })
    const events = get(`${await listen()}/events`)
    await waitUntil(() => lifecycle.inFlight().length > 0)

    await app.close()

    expect((await events).body).toContain('data: hello')
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })
})

describe('attachHttp', () => {
  it.each([
    ['other paths', { liveness: '/health/live' } as const, { '/health/live': 200, '/livez': 404, '/startupz': 200 }],
    ['none', false as const, { '/livez': 404, '/readyz': 404 }],
  ])('answers the probes where it is told: %s', async (_, probes, expected) => {
    const { app, listen, lifecycle } = await makeApp({ options: { probes } as object })
    const url = await listen()
    await waitUntil(() => lifecycle.state.name === 'running')
    for (const [path, status] of Object.entries(expected)) expect((await get(url + path)).status, path).toBe(status)
    await app.close()
  })

  it('answers probes and drains on every address that Fastify binds for localhost, its default', async () => {
    // What a machine with 127.0.0.1 and ::1 says, on one that may have no IPv6.
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ]
    const lookup = dns.lookup as unknown as (...args: unknown[]) => void
    vi.spyOn(dns, 'lookup').mockImplementation(((host: string, options: { all?: boolean }, callback: Callback) => {
      if (host !== 'localhost') return lookup(host, options, callback)
      return options.all ? callback(null, addresses) : callback(null, '127.0.0.1', 4)
    }) as never)
    const { app, lifecycle, slowBegun, release } = await makeApp({ createAdapter: () => new FastifyAdapter() })
    await app.listen(0)
    vi.restoreAllMocks()
    const second = `http://127.0.0.2:${app.getHttpServer().address().port}`
    await waitUntil(async () => (await get(`${second}/readyz`)).status === 200, { what: 'readiness' })
    const slow = get(`${second}/slow`)
    await slowBegun()

    const closed = app.close()
    expect(lifecycle.inFlight()).toMatchObject([{ name: 'GET /slow' }])
    release()

    expect(await slow).toMatchObject({ status: 200, headers: { connection: 'close' } })
    await closed
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })
})

type Callback = (...args: unknown[]) => void
