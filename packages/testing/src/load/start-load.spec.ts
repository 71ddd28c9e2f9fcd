import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { describe, expect, it } from 'vitest'
import { localhostCertificate } from '../tls/localhost-certificate.ts'
import { serve } from '../../test/fixtures/serve.ts'
import { findFreePort } from '../service/find-free-port.ts'
import { waitUntil } from '../wait-until.ts'
import type { Connector } from './connector.ts'
import type { RequestRecord } from './request-record.ts'
import { startLoad } from './start-load.ts'
import type { Traffic } from './traffic.ts'

const routes: Record<string, RequestListener> = {
  '/': (_request, response) => void response.end('hello'),
  '/unavailable': (_request, response) => void response.writeHead(503).end(),
  '/reset': (request) => void request.socket.destroy(),
  '/truncated': (_request, response) => void response.write('hel', () => response.socket?.destroy()),
  '/hang': () => {},
  '/echo': (request, response) => void request.pipe(response),
}
const handle: RequestListener = (request, response) => routes[request.url ?? '']?.(request, response)

/** Runs one client until it has a record, and gives the first. */
async function firstRecord(
  url: string,
  traffic: Omit<Traffic, 'kind'> & { kind?: Traffic['kind'] },
): Promise<RequestRecord> {
  const load = startLoad({ url, traffic: [{ kind: 'keepAlive', ...traffic }] })
  await waitUntil(() => load.report().total > 0, { what: 'a record' })
  const { records } = await load.stop()
  return records[0] as RequestRecord
}

describe('startLoad', () => {
  it('keeps a connection, or opens one for each request', async () => {
    await using server = await serve(createServer(handle))
    const traffic = [
      { kind: 'keepAlive', path: '/', clients: 2 },
      { kind: 'newConnection', path: '/' },
    ] as const
    const load = startLoad({ url: server.url, traffic })
    await load.untilServed(20)
    const { records } = await load.stop()
    const of = (name: string, connection: string) =>
      records.filter((each) => each.name === name && each.connection === connection).length
    expect(of('keepAlive', 'new')).toBe(2)
    expect(of('keepAlive', 'reused')).toBeGreaterThan(0)
    expect(of('newConnection', 'reused')).toBe(0)
    expect(server.sockets.length).toBeGreaterThanOrEqual(2 + of('newConnection', 'new'))
  })

  it('gives each client a connector of its own, for another protocol', async () => {
    const urls: string[] = []
    const closed: string[] = []
    const connection = (url: string): Connector => {
      urls.push(url)
      return {
        established: false,
        async send({ path, onStatus }) {
          onStatus(200)
          return { connection: 'new', complete: path !== '/cut', connectionClose: false, retryable: false, status: 200 }
        },
        close: () => void closed.push(url),
      }
    }
    const traffic = [
      { kind: 'keepAlive', name: 'good', path: '/', clients: 2, connection },
      { kind: 'keepAlive', name: 'cut', path: '/cut', connection },
    ] as const
    const load = startLoad({ url: 'grpc://localhost:1/', traffic })
    await load.untilServed(4)
    await waitUntil(() => load.report().lost.length > 0)
    const { counts } = await load.stop()
    expect(counts.good).toMatchObject({ lost: 0 })
    expect(counts.cut).toMatchObject({ truncated: counts.cut?.total, lost: counts.cut?.total })
    expect(urls).toEqual(Array(3).fill('grpc://localhost:1'))
    expect(closed).toEqual(urls)
  })

  it.each([
    ['/', { outcome: 'ok', status: 200, lost: false }],
    ['/unavailable', { outcome: 'status', status: 503, lost: true }],
    ['/reset', { outcome: 'reset', error: 'ECONNRESET', lost: true }],
    ['/truncated', { outcome: 'truncated', status: 200, lost: true }],
    ['/hang', { outcome: 'timeout', lost: true }],
  ])('tells how a request for %s ended', async (path, expected) => {
    await using server = await serve(createServer(handle))
    expect(await firstRecord(server.url, { path, timeoutMs: 100 })).toMatchObject({
      ...expected,
      connection: 'new',
      retryable: false,
    })
  })

  it('tells a refused connection, and counts as good what the test accepts', async () => {
    const refused = await firstRecord(`http://127.0.0.1:${await findFreePort()}`, { path: '/' })
    expect(refused).toMatchObject({ outcome: 'refused', error: 'ECONNREFUSED', lost: true })
    await using server = await serve(createServer(handle))
    const accepted = await firstRecord(server.url, { path: '/unavailable', accept: (status) => status === 503 })
    expect(accepted).toMatchObject({ outcome: 'ok', lost: false })
  })

  it('does not count as lost what the load itself gave up', async () => {
    await using server = await serve(createServer(handle))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'slow', path: '/hang' }] })
    await waitUntil(() => server.sockets.length > 0)
    const { records, lost } = await load.stop()
    expect(records).toMatchObject([{ outcome: 'cancelled', lost: false }])
    expect(lost).toEqual([])
  })

  it.each([
    ['GET', true],
    ['POST', false],
  ])(
    'counts a %s on a connection that ended as lost, and says whether a client may retry it',
    async (method, retryable) => {
      let requests = 0
      await using server = await serve(
        createServer((request, response) => void (requests++ === 0 ? response.end() : request.socket.destroy())),
      )
      const load = startLoad({ url: server.url, traffic: [{ kind: 'keepAlive', path: '/', method }] })
      await waitUntil(() => load.report().total >= 2)
      const { lost } = await load.stop()
      expect(lost[0]).toMatchObject({ outcome: 'reset', connection: 'reused', retryable })
    },
  )

  it('uploads slowly, sends bodies, and hands over the answers', async () => {
    await using server = await serve(createServer(handle))
    const answers: unknown[] = []
    const load = startLoad({
      url: server.url,
      traffic: [
        { kind: 'upload', path: '/echo', onAnswer: ({ body }) => answers.push(body.length) },
        {
          kind: 'keepAlive',
          path: '/echo',
          method: 'PUT',
          body: () => 'x',
          onAnswer: (answer) => answers.push(answer),
        },
      ],
    })
    await waitUntil(() => answers.includes(10 * 1024), { what: 'the end of an upload' })
    const { records } = await load.stop()
    expect(answers).toContainEqual({ status: 200, body: 'x' })
    const upload = records.find(({ kind }) => kind === 'upload') as RequestRecord
    expect(upload.request).toBe('POST /echo')
    expect(upload.endedMs - upload.startedMs).toBeGreaterThan(300)
  })

  it('counts server-sent events, and tells a stream that ended from one that was cut', async () => {
    const open: ServerResponse[] = []
    const listener: RequestListener = (_request, response) => {
      open.push(response.writeHead(200, { 'content-type': 'text/event-stream' }))
      response.write('data: 1\n\ndata: 2\n')
      response.write('\ndata: 3\n\n')
    }
    await using server = await serve(createServer(listener))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'sse', path: '/', clients: 2 }] })
    await load.untilServed(0)
    load.stopRouting({ afterMs: 0 })
    open[0]?.end()
    open[1]?.destroy()
    const { records } = await load.finished
    expect(records).toHaveLength(2)
    expect(records).toContainEqual(expect.objectContaining({ outcome: 'ok', events: 3, lost: false }))
    expect(records).toContainEqual(expect.objectContaining({ outcome: 'truncated', events: 3, lost: true }))
  })

  it('goes on with established connections when routing has stopped, until the server says Connection: close', async () => {
    let closing = false
    await using server = await serve(
      createServer(
        (_request, response) => void response.setHeader('connection', closing ? 'close' : 'keep-alive').end(),
      ),
    )
    const traffic = [
      { kind: 'keepAlive', path: '/', clients: 3 },
      { kind: 'newConnection', path: '/', clients: 2 },
    ] as const
    const load = startLoad({ url: server.url, traffic })
    await load.untilServed(10)
    load.stopRouting({ afterMs: 0 })
    const served = load.served
    await waitUntil(() => load.served > served + 10, { what: 'requests on established connections' })
    closing = true
    const { records, lost } = await load.finished
    expect(lost).toEqual([])
    expect(records.filter(({ connection, startedMs }) => connection === 'new' && startedMs > 0)).toEqual([])
    expect(records.filter(({ kind, connectionClose }) => kind === 'keepAlive' && connectionClose)).toHaveLength(3)
  })

  it('opens connections for as long as the propagation takes, and none later', async () => {
    await using server = await serve(createServer(handle))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'newConnection', path: '/', clients: 2 }] })
    await load.untilServed(4)
    load.stopRouting({ afterMs: 300 })
    const { records, counts } = await load.finished
    expect(counts.newConnection?.afterSignal).toBeGreaterThan(0)
    expect(Math.max(...records.map(({ startedMs }) => startedMs))).toBeLessThan(300)
    expect(Math.min(...records.map(({ startedMs }) => startedMs))).toBeLessThan(0)
  })

  it('takes an idle connection that the server closes for what it is: no loss', async () => {
    const server = createServer(handle)
    await using served = await serve(server)
    const load = startLoad({ url: served.url, traffic: [{ kind: 'keepAlive', path: '/', clients: 3, pauseMs: 200 }] })
    await load.untilServed(3)
    load.stopRouting({ afterMs: 0 })
    server.closeIdleConnections()
    expect((await load.finished).lost).toEqual([])
  })

  it('rejects when the service does not serve, and shows what it did', async () => {
    await using server = await serve(createServer(handle))
    const load = startLoad({ url: server.url, traffic: [{ kind: 'keepAlive', path: '/unavailable' }] })
    await expect(load.untilServed(1, { timeoutMs: 200 })).rejects.toThrow(
      /1 clients have no good answer yet\ntraffic[^]*status/,
    )
    await load.stop()
  })

  it('speaks TLS', async () => {
    await using server = await serve(createHttpsServer(localhostCertificate, handle), 'https')
    const traffic = [
      { kind: 'keepAlive', path: '/' },
      { kind: 'newConnection', path: '/' },
    ] as const
    const load = startLoad({ url: server.url, tls: { ca: localhostCertificate.cert }, traffic })
    await load.untilServed(6)
    expect((await load.stop()).lost).toEqual([])
    const untrusted = await firstRecord(server.url, { path: '/' })
    expect(untrusted).toMatchObject({ outcome: 'error', lost: true })
  })
})
