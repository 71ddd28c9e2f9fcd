import { createLifecycle } from '@lastcall/core'
import { createFakeClock, createFakeProcess, spawnService, waitUntil } from '@lastcall/testing'
import { EventEmitter, once } from 'node:events'
import { get, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server, type Http2Server } from 'node:http2'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runService, type RunOptions } from '../../test/fixtures/run-service.ts'
import { createEventStreams, type EventStreamOptions, type EventStreams } from './create-event-streams.ts'
import type { EventResponse } from './event-stream.ts'

const NO_LAME_DUCK = { lameDuck: { minMs: 0 } }
const HALF = { random: () => 0.5 }

/** A service that answers every request with a stream. */
async function runStreams(options: EventStreamOptions = {}, runOptions: RunOptions = {}) {
  const requests: IncomingMessage[] = []
  const run = await runService(({ lifecycle, server }) => {
    const streams = createEventStreams(lifecycle, options)
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      requests.push(request)
      streams.open(response)
    })
    return streams
  }, runOptions)
  return { ...run, streams: run.prepared, requests, url: `http://${run.url}/events?token=secret` }
}

async function openStream(url: string): Promise<IncomingMessage> {
  const request = get(url)
  onTestFinished(() => void request.destroy())
  request.on('error', () => {}) // The end of the test.
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response.setEncoding('utf8')
}

/** A response as far as a stream needs one, with what was written to it. */
function fakeResponse() {
  const written: string[] = []
  const response = Object.assign(new EventEmitter(), {
    req: { httpVersionMajor: 1, method: 'GET', url: '/events' },
    writableLength: 0,
    writeHead: () => {},
    write: (piece: string) => written.push(piece) > 0,
    end: () => response.emit('close'),
    destroy: () => response.emit('close'),
  })
  return { response: response satisfies EventResponse, written }
}

describe('createEventStreams', () => {
  it('answers with a stream that says first when to come back, on a connection of its own', async () => {
    const { url, streams } = await runStreams({ retryMs: 3000, random: () => 0.25 })
    const response = await openStream(url)
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'close',
    })
    const [first] = (await once(response, 'data')) as [string]
    expect(first).toBe('retry: 2250\n\n')
    expect(streams.size).toBe(1)
  })

  it('tells each client another time', () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const numbers = [0, 0.999, 0.5]
    const streams = createEventStreams(lifecycle, { random: () => numbers.shift() ?? 0 })
    const said = [1, 2, 3].map(() => {
      const { response, written } = fakeResponse()
      streams.open(response)
      return written[0]
    })
    expect(said).toEqual(['retry: 1000\n\n', 'retry: 2998\n\n', 'retry: 2000\n\n'])
  })

  it('sends events to one stream and to all', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const streams = createEventStreams(lifecycle, HALF)
    const [a, b] = [fakeResponse(), fakeResponse()]
    const stream = streams.open(a.response)
    streams.open(b.response)
    expect(stream.send({ data: 'one' })).toBe(true)
    streams.send({ data: 'all' })
    expect(a.written).toEqual(['retry: 2000\n\n', 'data: one\n\n', 'data: all\n\n'])
    expect(b.written).toEqual(['retry: 2000\n\n', 'data: all\n\n'])

    stream.end()
    expect([stream.isOpen, stream.send({ data: 'late' }), streams.size]).toEqual([false, false, 1])
    expect(a.written).toHaveLength(3)
  })

  it.each([
    ['in the lame duck, spread', { spreadMs: 20 }, {}, 'lameDuck'],
    ['in the drain where there is no lame duck', {}, NO_LAME_DUCK, undefined],
  ] as const)('ends every stream cleanly %s', async (_, options, runOptions, phase) => {
    const { url, streams, signal, lifecycle } = await runStreams(options, runOptions)
    const bodies = (await Promise.all([1, 2, 3].map(() => openStream(url)))).map((response) => text(response))
    await waitUntil(() => streams.size === 3)
    streams.send({ data: 'last' })
    signal()
    for (const body of bodies) expect(await body).toMatch(/^retry: \d+\n\ndata: last\n\n$/)
    if (phase) expect(lifecycle.state).toMatchObject({ phase })
    signal()
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
    expect(streams.size).toBe(0)
  })

  it('has EventSource connect again by itself, with the id of the last event it has', async () => {
    const { url, streams, requests, signal } = await runStreams({ retryMs: 20, spreadMs: 1 })
    const script = fileURLToPath(new URL('../../test/fixtures/event-source.ts', import.meta.url))
    await using client = await spawnService({ args: ['--experimental-eventsource', script, url], ready: false })
    await client.waitForLine(/^open/)
    streams.send({ data: 'two\nlines', id: '7' })
    streams.send({ data: 'tea', event: 'order' })
    await client.waitForLine(/^order tea/)
    expect(client.stdout).toContain('message two\nlines id 7')

    signal()
    await waitUntil(() => requests.length > 1, { what: 'a second connection' })
    expect(requests[1]?.headers['last-event-id']).toBe('7')
    expect(requests[1]?.socket).not.toBe(requests[0]?.socket)
  })

  it('ends streams over HTTP/2', async () => {
    const server: Http2Server = createHttp2Server()
    const { url, streams, signal, lifecycle } = await runStreams(HALF, { server, ...NO_LAME_DUCK })
    const session = connectHttp2(url)
    onTestFinished(() => session.destroy())
    const stream = session.request({ ':path': '/events' })
    const body = text(stream)
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
    expect(headers.connection).toBeUndefined()
    await waitUntil(() => streams.size === 1)
    streams.send({ data: 'tea' })
    signal()
    expect(await body).toBe('retry: 2000\n\ndata: tea\n\n')
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })

  it('names in the report a client that had not taken all that was sent to it', async () => {
    const { port, streams, signal, lifecycle } = await runStreams({ closeTimeoutMs: 50 }, NO_LAME_DUCK)
    const client = connect(port, '127.0.0.1')
    client.on('error', () => {}) // It is cut.
    onTestFinished(() => void client.destroy())
    client.pause().write('GET /events?token=secret HTTP/1.1\r\nHost: a\r\n\r\n')
    await waitUntil(() => streams.size === 1)
    streams.send({ data: 'x'.repeat(16 * 1024 * 1024) })
    signal()
    const { outcome, errors } = await lifecycle.shutdown()
    expect(outcome).toBe('failed')
    expect(errors).toEqual([expect.stringMatching(/^'sse' cut 1 .*: GET \/events\./)])
  })

  it('sends a comment to every stream, so often, while there are any', async () => {
    const clock = createFakeClock()
    const lifecycle = createLifecycle({ process: createFakeProcess(), clock })
    const streams = createEventStreams(lifecycle, { heartbeatMs: 15_000, ...HALF })
    expect(clock.pending).toBe(0)
    const [a, b] = [fakeResponse(), fakeResponse()]
    const stream = streams.open(a.response)
    await clock.advance(10_000)
    streams.open(b.response)
    await clock.advance(20_000)
    expect(a.written).toEqual(['retry: 2000\n\n', ':\n\n', ':\n\n'])
    stream.end()
    await clock.advance(15_000)
    expect(a.written).toHaveLength(3)
    expect(b.written).toEqual(['retry: 2000\n\n', ':\n\n', ':\n\n', ':\n\n'])
    b.response.destroy()
    expect(clock.pending).toBe(0)
  })

  it.each([
    ['detached', (streams: EventStreams) => streams.detach()],
    ['its lifecycle is disposed of', (_: EventStreams, dispose: () => void) => dispose()],
  ])('leaves no timer once it is %s', (_, end) => {
    const clock = createFakeClock()
    const lifecycle = createLifecycle({ process: createFakeProcess(), clock })
    const streams = createEventStreams(lifecycle, { heartbeatMs: 1000 })
    streams.open(fakeResponse().response)
    expect(clock.pending).toBe(1)
    end(streams, lifecycle.dispose)
    expect(clock.pending).toBe(0)
  })

  it.each(['retryMs', 'heartbeatMs'])('refuses a negative %s', (option) => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    expect(() => createEventStreams(lifecycle, { [option]: -1 })).toThrow(`Option ${option} is -1`)
  })
})
