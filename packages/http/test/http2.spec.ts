import { localhostCertificate } from '@lastcall/testing'
import { createSecureServer, createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectHttp2 } from './http2-client.ts'
import { connectRaw, get } from './raw-client.ts'
import { createFrames, headersFrame, PREFACE } from './raw-http2.ts'
import { createGate, lasting, serve } from './service.ts'
import { until } from './until.ts'

const NO_STREAM_REFUSED = 2 ** 31 - 1

type Listener = (request: Http2ServerRequest, response: Http2ServerResponse) => void

const KINDS = [
  { kind: 'h2c', scheme: 'http', make: (listener?: Listener) => createServer(listener) },
  { kind: 'TLS', scheme: 'https', make: (listener?: Listener) => createSecureServer(localhostCertificate, listener) },
] as const

describe.each(KINDS)('draining HTTP/2 over $kind', ({ scheme, make }) => {
  it('finishes the streams in flight and says GOAWAY twice: warning first, last stream after', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serve(
      make(async (request, response) => {
        await gate.opened
        response.end(request.url)
      }),
    )
    const client = await connectHttp2(scheme, port)
    const requests = ['/1', '/2', '/3'].map((path) => client.request(path))
    await until('the requests arrived', () => lifecycle.inFlight().length === 3)
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'request', name: 'GET /1' }, {}, {}])
    const stopped = lifecycle.shutdown()
    await until('the client was told', () => client.goaways.length >= 2)
    gate.open()
    const report = await stopped
    expect(await Promise.all(requests.map(({ answer }) => answer))).toEqual(
      ['/1', '/2', '/3'].map((body) => ({ status: 200, body })),
    )
    expect(client.goaways.slice(0, 2)).toEqual([NO_STREAM_REFUSED, 5])
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
    expect(report.durationMs).toBeLessThan(2000)
    await client.closed
  })

  it('ends an idle session', async () => {
    const { lifecycle, port } = await serve(make((_, response) => void response.end('ok')))
    const client = await connectHttp2(scheme, port)
    await client.request('/').answer
    const report = await lifecycle.shutdown()
    await client.closed
    expect(client.goaways.length).toBeGreaterThan(0)
    expect(report.outcome).toBe('clean')
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('ends a session that never had a stream', async () => {
    const { lifecycle, port } = await serve(make((_, response) => void response.end('ok')))
    const client = await connectHttp2(scheme, port)
    const report = await lifecycle.shutdown()
    await client.closed
    expect(report.outcome).toBe('clean')
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('serves the first request of a session that is new when the stop comes', async () => {
    const { lifecycle, port } = await serve(make((_, response) => void response.end('ok')))
    const client = await connectHttp2(scheme, port)
    const stopped = lifecycle.shutdown()
    expect(await client.request('/first').answer).toEqual({ status: 200, body: 'ok' })
    expect((await stopped).outcome).toBe('clean')
  })

  it('cuts a stream at the deadline and names it', async () => {
    const { lifecycle, port } = await serve(
      make(() => {}),
      { lifecycle: { drainTimeoutMs: 200 } },
    )
    const client = await connectHttp2(scheme, port)
    const { stream } = client.request('/never?secret=1')
    stream.on('error', () => {})
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const report = await lifecycle.shutdown()
    expect(report.cut).toMatchObject([{ kind: 'request', name: 'GET /never' }])
    await client.closed
  })

  it('sends a big response to a slow reader to its end', async () => {
    const { lifecycle, port, server } = await serve(make((_, response) => void response.end('x'.repeat(5_000_000))))
    const client = await connectHttp2(scheme, port)
    const { stream, answer } = client.request('/big')
    stream.pause()
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    stream.resume()
    expect((await answer).body.length).toBe(5_000_000)
    expect((await stopped).outcome).toBe('clean')
  })

  it('answers probes whether the user listens to streams or to requests, and keeps them from both', async () => {
    const server = make()
    const seen: unknown[] = []
    server.on('stream', (stream, headers) => {
      seen.push(headers[':path'])
      stream.respond({ ':status': 200 })
      stream.end('mine')
    })
    const { port } = await serve(server)
    const client = await connectHttp2(scheme, port)
    expect(await client.request('/livez').answer).toMatchObject({ status: 200 })
    expect(await client.request('/mine').answer).toEqual({ status: 200, body: 'mine' })
    expect(seen).toEqual(['/mine'])
  })
})

describe('a warning over h2c', () => {
  it('serves what crosses it: the client learns of it, and nothing that it had sent is lost', async () => {
    const { lifecycle, port } = await serve(
      createServer((request, response) => void response.end(request.url)),
      {
        lifecycle: { lameDuck: { minMs: 1000, quietMs: 0 } },
      },
    )
    const socket = connect(port)
    onTestFinished(() => void socket.destroy())
    const frames = createFrames(socket)
    socket.write(Buffer.concat([PREFACE, headersFrame(1, '/first')]))
    await until('the first is answered', () => frames.bodies.get(1) === '/first')
    const stopped = lifecycle.shutdown()
    await until('the warning came', () => frames.goaways.length === 1)
    // As if it had been on the wire when the warning was sent.
    socket.write(headersFrame(3, '/crossing'))
    await until('the second is answered', () => frames.bodies.get(3) === '/crossing')
    const report = await stopped
    expect(frames.goaways.slice(0, 2)).toEqual([NO_STREAM_REFUSED, 3])
    expect(report.outcome).toBe('clean')
  })
})

describe('a busy session over TLS', () => {
  it('refuses what crosses the first GOAWAY, so that the client knows that it was not served', async () => {
    const gate = createGate()
    const seen: string[] = []
    const { lifecycle, port } = await serve(
      createSecureServer(localhostCertificate, async ({ url }, response) => {
        seen.push(url)
        await gate.opened
        response.end(url)
      }),
    )
    const socket = connectTls({ port, rejectUnauthorized: false, ALPNProtocols: ['h2'] })
    onTestFinished(() => void socket.destroy())
    const frames = createFrames(socket)
    socket.write(Buffer.concat([PREFACE, headersFrame(1, '/first')]))
    await until('the first arrived', () => seen.length === 1)
    const stopped = lifecycle.shutdown()
    await until('the first GOAWAY came', () => frames.goaways.length >= 1)
    socket.write(headersFrame(3, '/crossing'))
    await until('the final GOAWAY came', () => frames.goaways.length >= 2)
    gate.open()
    await until('the first is answered', () => frames.bodies.get(1) === '/first')
    socket.end()
    expect((await stopped).outcome).toBe('clean')
    expect(frames.goaways.slice(0, 2)).toEqual([NO_STREAM_REFUSED, 1])
    expect(seen).toEqual(['/first'])
  })
})

describe('the lame duck over TLS', () => {
  it('ends a session right behind its last response', async () => {
    const { lifecycle, port, server } = await serve(
      createSecureServer(localhostCertificate, (_, response) => void response.end('ok')),
      lasting(),
    )
    const client = await connectHttp2('https', port)
    void lifecycle.shutdown()
    expect(await client.request('/').answer).toEqual({ status: 200, body: 'ok' })
    await client.closed
    expect(server.listening).toBe(true)
  })
})

describe('allowHTTP1', () => {
  it('drains both protocols of one server', async () => {
    const gate = createGate()
    const server = createSecureServer({ ...localhostCertificate, allowHTTP1: true }, async (request, response) => {
      if (request.url === '/slow') await gate.opened
      response.end(request.httpVersion)
    })
    const { lifecycle, port } = await serve(server)
    const two = await connectHttp2('https', port)
    const one = await connectRaw(port, { tls: true })
    const idle = await connectRaw(port, { tls: true })
    idle.send(get('/'))
    await idle.saw('1.1')
    one.send(get('/slow'))
    const { answer } = two.request('/slow')
    await until('both arrived', () => lifecycle.inFlight().length === 2)
    const stopped = lifecycle.shutdown()
    gate.open()
    const report = await stopped
    expect(await answer).toEqual({ status: 200, body: '2.0' })
    expect(await one.ended()).toBe('closed')
    expect([one.statuses, one.connectionHeaders]).toEqual([[200], ['close']])
    expect(await idle.ended()).toBe('closed')
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
  })

  it('answers probes on both', async () => {
    const server = createSecureServer(
      { ...localhostCertificate, allowHTTP1: true },
      (_, response) => void response.end('mine'),
    )
    const { port } = await serve(server)
    const two = await connectHttp2('https', port)
    expect(await two.request('/livez').answer).toMatchObject({ status: 200 })
    const one = await connectRaw(port, { tls: true })
    one.send(get('/livez'))
    await one.saw('200')
    expect(one.text).not.toContain('mine')
  })
})
