import { once } from 'node:events'
import { constants, createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { localhostCertificate } from '../tls/localhost-certificate.ts'
import { serve } from '../../test/fixtures/serve.ts'
import { findFreePort } from '../service/find-free-port.ts'
import { waitUntil } from '../wait-until.ts'
import type { RequestRecord } from './request-record.ts'
import { startLoad } from './start-load.ts'
import type { Traffic } from './traffic.ts'

const routes: Record<string, (stream: ServerHttp2Stream) => void> = {
  '/': (stream) => (stream.respond({ ':status': 200 }), stream.end('hello')),
  '/unavailable': (stream) => (stream.respond({ ':status': 503 }), stream.end()),
  '/refused': (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
  '/reset': (stream) => stream.session?.destroy(),
  '/truncated'(stream) {
    stream.respond({ ':status': 200 })
    stream.write('hel', () => stream.destroy(new Error('broken')))
  },
  '/hang': () => {},
}

function withRoutes<Server extends Http2Server>(server: Server): Server {
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    routes[headers[':path'] ?? '']?.(stream)
  })
  return server
}

async function firstRecord(url: string, traffic: Partial<Traffic>): Promise<RequestRecord> {
  const load = startLoad({ url, traffic: [{ kind: 'http2', path: '/', ...traffic }] })
  await waitUntil(() => load.report().total > 0, { what: 'a record' })
  const { records } = await load.stop()
  return records[0] as RequestRecord
}

describe('startLoad over HTTP/2', () => {
  it('keeps its session, in clear text and over TLS', async () => {
    await using clear = await serve(withRoutes(createServer()))
    await using secure = await serve(
      withRoutes(createSecureServer(localhostCertificate) as unknown as Http2Server),
      'https',
    )
    for (const { url } of [clear, secure]) {
      const load = startLoad({
        url,
        tls: { ca: localhostCertificate.cert },
        traffic: [{ kind: 'http2', path: '/', clients: 2 }],
      })
      await load.untilServed(10)
      const { records, lost } = await load.stop()
      expect(lost).toEqual([])
      expect(records.filter(({ connection }) => connection === 'new')).toHaveLength(2)
    }
  })

  it('sends a request that GOAWAY has overtaken in the client again, on a new session', async () => {
    // A thread of its own, as the client's is blocked while the GOAWAY comes. The first number asks for it, the second
    // tells that it is on its way.
    const flags = new Int32Array(new SharedArrayBuffer(8))
    await using server = new Worker(
      `const { createServer } = require('node:http2')
      const { parentPort, workerData: flags } = require('node:worker_threads')
      const server = createServer((request, response) => response.end('hello'))
      server.once('session', async (session) => {
        await Atomics.waitAsync(flags, 0, 0).value
        session.goaway(0, 2 ** 31 - 1)
        setTimeout(() => {
          Atomics.store(flags, 1, 1)
          Atomics.notify(flags, 1)
        }, 20)
      })
      server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
      { eval: true, workerData: flags },
    )
    const [port] = (await once(server, 'message')) as [number]
    let bodies = 0
    const body = () => {
      if (++bodies === 2) {
        Atomics.store(flags, 0, 1)
        Atomics.notify(flags, 0)
        Atomics.wait(flags, 1, 0, 20_000)
      }
      return 'order'
    }
    const load = startLoad({
      url: `http://127.0.0.1:${port}`,
      traffic: [{ kind: 'http2', path: '/', method: 'POST', body, pauseMs: 0 }],
    })
    await load.untilServed(2)
    const { lost, records } = await load.stop()
    expect(lost).toEqual([])
    expect(records.slice(0, 2).map(({ connection }) => connection)).toEqual(['new', 'new'])
    expect(bodies).toBeGreaterThan(2)
  })

  it('opens a session for each request, and closes it', async () => {
    await using served = await serve(withRoutes(createServer()))
    const load = startLoad({ url: served.url, traffic: [{ kind: 'http2', path: '/', connection: 'http2PerRequest' }] })
    await load.untilServed(5)
    const { records, lost } = await load.stop()
    expect(lost).toEqual([])
    expect(new Set(records.map(({ connection }) => connection))).toEqual(new Set(['new']))
    await waitUntil(() => served.sockets.every(({ destroyed }) => destroyed), { what: 'the end of every session' })
  })

  it.each([
    ['/', { outcome: 'ok', status: 200, lost: false }],
    ['/unavailable', { outcome: 'status', status: 503, lost: true }],
    ['/refused', { outcome: 'reset', lost: true, retryable: true }],
    ['/reset', { outcome: 'reset', lost: true, retryable: false }],
    ['/truncated', { outcome: 'truncated', status: 200, lost: true }],
    ['/hang', { outcome: 'timeout', lost: true }],
  ])('tells how a request for %s ended', async (path, expected) => {
    await using server = await serve(withRoutes(createServer()))
    expect(await firstRecord(server.url, { path, timeoutMs: 100 })).toMatchObject(expected)
  })

  it('tells a refused connection', async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`
    expect(await firstRecord(url, {})).toMatchObject({ outcome: 'refused', error: 'ECONNREFUSED', lost: true })
  })

  it('uses a session until GOAWAY, and opens another only while routing goes on', async () => {
    const server = withRoutes(createServer())
    let goaway = false
    server.on('stream', (stream) => goaway && stream.session?.goaway(0, 2 ** 31 - 1))
    await using served = await serve(server)
    const load = startLoad({ url: served.url, traffic: [{ kind: 'http2', path: '/', clients: 2 }] })
    await load.untilServed(6)
    goaway = true
    await waitUntil(() => served.sockets.length > 4, { what: 'new sessions while routing goes on' })
    load.stopRouting({ afterMs: 0 })
    const { records, lost } = await load.finished
    expect(lost).toEqual([])
    expect(records.filter(({ connection, startedMs }) => connection === 'new' && startedMs > 0)).toEqual([])
    expect(records.filter(({ connectionClose }) => connectionClose).length).toBeGreaterThan(2)
  })
})
