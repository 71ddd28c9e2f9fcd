import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectRaw, get } from './raw-client.ts'
import { createGate, lasting, serveHttp } from './service.ts'
import { until } from './until.ts'

describe('the lame duck', () => {
  it('serves new and known connections with 200 and Connection: close', async () => {
    const { lifecycle, port, server } = await serveHttp((_, response) => response.end('ok'), lasting())
    const known = await connectRaw(port)
    known.send(get('/'))
    await known.saw('ok')
    void lifecycle.shutdown()
    const fresh = await connectRaw(port)
    for (const client of [known, fresh]) client.send(get('/again'))
    for (const client of [known, fresh]) expect(await client.ended()).toBe('closed')
    expect(server.listening).toBe(true)
    expect([known.statuses, known.connectionHeaders]).toEqual([
      [200, 200],
      ['keep-alive', 'close'],
    ])
    expect([fresh.statuses, fresh.connectionHeaders]).toEqual([[200], ['close']])
  })

  it('leaves an idle connection open, as its next request is still welcome', async () => {
    const { lifecycle, port } = await serveHttp((_, response) => response.end('ok'), lasting())
    const client = await connectRaw(port)
    client.send(get('/'))
    await client.saw('ok')
    void lifecycle.shutdown()
    const witness = await connectRaw(port)
    witness.send(get('/'))
    await witness.ended()
    expect(client.end).toBeUndefined()
    client.send(get('/'))
    expect(await client.ended()).toBe('closed')
    expect(client.statuses).toEqual([200, 200])
  })

  it('keeps a stream open that has begun, and says close on the next response', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async ({ url }, response) => {
      if (url === '/stream') response.write('begun ')
      if (url === '/stream') await gate.opened
      response.end('over')
    }, lasting())
    const client = await connectRaw(port)
    client.send(get('/stream'))
    await client.saw('begun ')
    void lifecycle.shutdown()
    gate.open()
    await client.saw('over')
    client.send(get('/next'))
    expect(await client.ended()).toBe('closed')
    expect(client.connectionHeaders).toEqual(['keep-alive', 'close'])
  })

  it('knows of a request that comes in it for as long as it goes on', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async (_, response) => {
      await gate.opened
      response.end('slow')
    }, lasting())
    void lifecycle.shutdown()
    const client = await connectRaw(port)
    client.send(get('/slow'))
    await until('the request is in flight', () => lifecycle.inFlight().length === 1)
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'request', name: 'GET /slow' }])
    gate.open()
    expect(await client.ended()).toBe('closed')
    await until('it is over', () => lifecycle.inFlight().length === 0)
  })

  it('answers a request that is in flight when it begins with close', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async (_, response) => {
      await gate.opened
      response.writeHead(200, { connection: 'keep-alive', 'keep-alive': 'timeout=72' }).end('ok')
    }, lasting())
    const client = await connectRaw(port)
    client.send(get('/'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    void lifecycle.shutdown()
    gate.open()
    expect(await client.ended()).toBe('closed')
    expect(client.connectionHeaders).toEqual(['close'])
    expect(client.text.toLowerCase()).not.toContain('keep-alive')
  })

  it.each(['headers', 'rawHeaders'] as const)(
    'says close through a proxy that copies the %s of its upstream',
    async (how) => {
      const upstream = await serveHttp((_, response) => response.setHeader('x-upstream', '1').end('proxied'))
      const agent = new Agent({ keepAlive: true })
      onTestFinished(() => agent.destroy())
      const { lifecycle, port } = await serveHttp((_, response) => {
        request({ port: upstream.port, agent }, (answer) => {
          response.writeHead(answer.statusCode ?? 0, answer[how] as OutgoingHttpHeaders)
          answer.pipe(response)
        }).end()
      }, lasting())
      void lifecycle.shutdown()
      const client = await connectRaw(port)
      client.send(get('/'))
      expect(await client.ended()).toBe('closed')
      expect(client.text).toContain('proxied')
      expect(client.text).toContain('x-upstream: 1')
      expect(client.connectionHeaders).toEqual(['close'])
    },
  )

  it('answers probes: liveness 200, readiness 503, and closes their connections', async () => {
    const { lifecycle, port } = await serveHttp((_, response) => response.end('app'), lasting())
    void lifecycle.shutdown()
    const clients = await Promise.all(
      ['/livez', '/readyz'].map(async (path) => {
        const client = await connectRaw(port)
        client.send(get(path))
        await client.ended()
        return client
      }),
    )
    expect(clients.map(({ statuses }) => statuses)).toEqual([[200], [503]])
    expect(clients.map(({ connectionHeaders }) => connectionHeaders)).toEqual([['close'], ['close']])
  })

  it('ends when no connection with a request has come, whatever the probes do', async () => {
    const { lifecycle, port } = await serveHttp((_, response) => response.end('app'), {
      lifecycle: { lameDuck: { minMs: 1, quietMs: 60_000, maxMs: 400 } },
    })
    const probe = await connectRaw(port)
    probe.send(get('/livez'))
    await probe.saw('200')
    const report = await lifecycle.shutdown()
    const lameDuck = report.phases.find(({ phase }) => phase === 'lameDuck')
    expect(lameDuck?.durationMs).toBeLessThan(400)
  })

  it('lasts for as long after a connection whose request came right after others', async () => {
    const clock = createFakeClock()
    const lifecycle = { clock, lameDuck: { minMs: 1, quietMs: 100, maxMs: 400 } }
    const service = await serveHttp((_, response) => response.end('app'), { lifecycle })
    const early = await connectRaw(service.port)
    for (let count = 0; count < 20; count++) {
      early.send(get('/'))
      await until('the answer came', () => early.statuses.length === count + 1)
    }
    await clock.advance(15)
    const late = await connectRaw(service.port)
    late.send(get('/'))
    await late.saw('app')
    void service.lifecycle.shutdown()
    await clock.advance(90)
    expect(service.lifecycle.state).toMatchObject({ phase: 'lameDuck' })
    await clock.advance(20)
    expect(service.lifecycle.state).not.toMatchObject({ phase: 'lameDuck' })
  })
})

describe('the end of the lame duck', () => {
  it.each([
    ['in the lame duck', 1000],
    ['just before the signal', 0],
  ])('leaves time for the next request of a client whose long response ended %s', async (_, minMs) => {
    const clock = createFakeClock()
    const gate = createGate()
    const lifecycle = { clock, lameDuck: { minMs, quietMs: 0 } }
    const service = await serveHttp(
      async ({ url }, response) => {
        if (url === '/stream') response.write('begun ')
        if (url === '/stream') await gate.opened
        response.end('over')
      },
      { lifecycle },
    )
    const client = await connectRaw(service.port)
    client.send(get('/stream'))
    await client.saw('begun ')
    await clock.advance(5000)
    if (minMs > 0) void service.lifecycle.shutdown()
    await clock.advance(Math.max(0, minMs - 10))
    gate.open()
    await client.saw('over')
    void service.lifecycle.shutdown()
    await clock.advance(10)
    await until('the server listens no more', () => !service.server.listening)
    // What was begun before the signal has told the client to come again: it may take its time.
    for (let ms = 0; minMs > 0 && ms < 400; ms += 50) await clock.advance(50)
    expect(client.end).toBeUndefined()
    client.send(get('/next'))
    expect(await client.ended()).toBe('closed')
    expect([client.statuses, client.connectionHeaders]).toEqual([
      [200, 200],
      ['keep-alive', 'close'],
    ])
  })
})
