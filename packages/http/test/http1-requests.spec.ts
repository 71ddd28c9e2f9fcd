import type { Work } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import type { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connectRaw, get } from './raw-client.ts'
import { createGate, serve, serveHttp } from './service.ts'
import { until } from './until.ts'

/** Node would end the process with what a handler throws: it is caught here, where whoever emits would get it. */
function surviveThrows(server: EventEmitter): void {
  const emit = server.emit.bind(server) as (...args: unknown[]) => boolean
  server.emit = (...args: unknown[]) => {
    try {
      return emit(...args)
    } catch {
      return true
    }
  }
}

const BIG = 8 * 1024 * 1024

describe('draining HTTP/1 requests', () => {
  it('finishes a response that is streaming, and closes its keep-alive connection right after', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async (_, response) => {
      response.write('first ')
      await gate.opened
      response.end('last')
    })
    const client = await connectRaw(port)
    client.send(get('/stream'))
    await client.saw('first ')
    const stopped = lifecycle.shutdown()
    gate.open()
    const report = await stopped
    expect(report.outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
    expect(client.text).toContain('last')
    expect(client.text.endsWith('0\r\n\r\n')).toBe(true)
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('cuts a handler that never answers at the deadline, and names it', async () => {
    const { lifecycle, port } = await serveHttp(() => {}, { lifecycle: { drainTimeoutMs: 200 } })
    const client = await connectRaw(port)
    client.send(get('/never?token=secret'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const report = await lifecycle.shutdown()
    expect(report.outcome).toBe('cut')
    expect(report.cut).toEqual([{ kind: 'request', name: 'GET /never', ageMs: expect.any(Number) }])
    await client.ended()
  })

  it('knows of a request while its handler runs, and not any more when it has been answered at once', async () => {
    const seen: (readonly Work[])[] = []
    const { lifecycle, port } = await serveHttp((_, response) => {
      seen.push(lifecycle.inFlight())
      response.end('ok')
    })
    const client = await connectRaw(port)
    client.send(get('/status'))
    await client.saw('ok')
    seen.push(lifecycle.inFlight())
    expect(seen).toEqual([[{ kind: 'request', name: 'GET /status', ageMs: expect.any(Number) }], []])
  })

  it('cuts a request whose handler threw and nobody answered', async () => {
    const server = createServer(() => {
      throw new Error('the handler')
    })
    const { lifecycle, port } = await serve(server, { lifecycle: { drainTimeoutMs: 200 } })
    surviveThrows(server)
    const client = await connectRaw(port)
    client.send(get('/broken'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    expect((await lifecycle.shutdown()).cut).toMatchObject([{ name: 'GET /broken' }])
  })

  it('knows of them as well among many that come at once: what is in its handler, what goes on, and what threw', async () => {
    const seen: string[][] = []
    let threw = false
    const names = () => lifecycle.inFlight().map(({ name }) => name)
    const server = createServer(({ url }, response) => {
      if (url === '/status') seen.push(names())
      if (url === '/broken') {
        threw = true
        throw new Error('the handler')
      }
      if (url !== '/never') response.end('ok')
    })
    // Time stands still, so that all are recent.
    const { lifecycle, port } = await serve(server, { lifecycle: { clock: createFakeClock() } })
    surviveThrows(server)
    const [busy, broken, client] = [await connectRaw(port), await connectRaw(port), await connectRaw(port)]
    for (const { send } of [busy, broken]) send(get('/'))
    for (let count = 0; count < 20; count++) {
      client.send(get('/'))
      await until('the answer came', () => client.statuses.length === count + 1)
    }
    broken.send(get('/broken'))
    await until('the handler threw', () => threw)
    client.send(get('/'))
    await until('the answer came', () => client.statuses.length === 21)
    busy.send(get('/never'))
    await until('the other arrived', () => names().includes('GET /never'))
    client.send(get('/status'))
    await until('the answer came', () => client.statuses.length === 22)
    client.send(get('/readyz'))
    await until('the probe was answered', () => client.statuses.length === 23)
    const open = ['GET /broken', 'GET /never']
    expect(seen.map((each) => each.toSorted())).toEqual([[...open, 'GET /status']])
    expect(names().toSorted()).toEqual(open)
    expect(client.text).toContain('{"status":"pass"}')
  })

  it('serves a new request on a connection that is busy while draining', async () => {
    const gate = createGate()
    const { lifecycle, port, server } = await serveHttp(async ({ url }, response) => {
      if (url === '/first') await gate.opened
      response.end(url)
    })
    const client = await connectRaw(port)
    client.send(get('/first'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    client.send(get('/second'))
    await until('both arrived', () => lifecycle.inFlight().length === 2)
    gate.open()
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.statuses).toEqual([200, 200])
    expect(client.connectionHeaders).toEqual(['keep-alive', 'close'])
    expect(report.outcome).toBe('clean')
  })

  it('serves two pipelined requests, the second of them last', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async ({ url }, response) => {
      await gate.opened
      response.end(`<${url}>`)
    })
    const client = await connectRaw(port)
    client.send(get('/first') + get('/second'))
    await until('both arrived', () => lifecycle.inFlight().length === 2)
    const stopped = lifecycle.shutdown()
    gate.open()
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.statuses).toEqual([200, 200])
    expect(client.connectionHeaders).toEqual(['keep-alive', 'close'])
    expect(client.text.indexOf('</first>')).toBeLessThan(client.text.indexOf('</second>'))
    expect(report.outcome).toBe('clean')
  })

  it('serves pipelined requests that nobody has read when the stop comes', async () => {
    const { lifecycle, port } = await serveHttp(({ url }, response) => response.end(url))
    const client = await connectRaw(port)
    client.send(get('/warm'))
    await client.saw('/warm')
    client.send(get('/1') + get('/2') + get('/3'))
    await lifecycle.shutdown()
    expect(await client.ended()).toBe('closed')
    expect(client.connectionHeaders).toEqual(['keep-alive', 'keep-alive', 'keep-alive', 'close'])
  })

  it('finishes an upload that is under way', async () => {
    const { lifecycle, port } = await serveHttp(async (request, response) => {
      let size = 0
      for await (const chunk of request) size += chunk.length
      response.end(`got ${size}`)
    })
    const client = await connectRaw(port)
    client.send('POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n0123456789')
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    client.send('0123456789')
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.text).toContain('got 20')
    expect(client.connectionHeaders).toEqual(['close'])
    expect(report.outcome).toBe('clean')
  })

  it('lets a client end its upload when the answer came early', async () => {
    const { lifecycle, port, server } = await serveHttp((_, response) => {
      response.statusCode = 413
      response.end('too much')
    })
    const client = await connectRaw(port)
    const stopped = lifecycle.shutdown()
    client.send('POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n0123456789')
    await client.saw('too much')
    await until('the listener closed', () => !server.listening)
    expect(client.end).toBeUndefined()
    client.send('0123456789')
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.statuses).toEqual([413])
    expect(report.outcome).toBe('clean')
  })

  it.each(['no listener', 'checkContinue'])('serves Expect: 100-continue with %s', async (how) => {
    const { lifecycle, port, server } = await serveHttp(async (request, response) => {
      for await (const chunk of request) response.write(chunk)
      response.end()
    })
    if (how === 'checkContinue') {
      server.on('checkContinue', (request, response) => {
        response.writeContinue()
        server.emit('request', request, response)
      })
    }
    const client = await connectRaw(port)
    client.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n')
    const stopped = lifecycle.shutdown()
    await client.saw('100 Continue')
    client.send('hello')
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.text).toContain('hello')
    expect(client.statuses).toEqual([200])
    expect(report.outcome).toBe('clean')
  })

  it.each(['in flight', 'ended'])('sends a big response to a slow reader to its end: %s at the stop', async (when) => {
    const gate = createGate()
    const { lifecycle, port, server } = await serveHttp(async (_, response) => {
      if (when === 'in flight') await gate.opened
      response.setHeader('content-length', BIG)
      response.end(Buffer.alloc(BIG, 'x'))
    })
    const client = await connectRaw(port)
    client.socket.pause()
    client.send(get('/big'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    gate.open()
    await until('the listener closed', () => !server.listening)
    expect(lifecycle.inFlight()).toMatchObject([{ name: 'GET /big' }])
    client.socket.resume()
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.text.length - client.text.indexOf('\r\n\r\n') - 4).toBe(BIG)
    expect(report.outcome).toBe('clean')
  })

  it('waits for the rest of a half-sent head and serves it', async () => {
    const { lifecycle, port, server } = await serveHttp((_, response) => response.end('whole'))
    const client = await connectRaw(port)
    client.send('GET /half HTTP/1.1\r\nHo')
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    client.send('st: localhost\r\n\r\n')
    const report = await stopped
    expect(await client.ended()).toBe('closed')
    expect(client.text).toContain('whole')
    expect(report.outcome).toBe('clean')
  })

  it('waits for the rest of a head on a connection that has been served before, and names it when it never comes', async () => {
    const { lifecycle, port } = await serveHttp((_, response) => response.end('whole'), {
      lifecycle: { drainTimeoutMs: 400 },
    })
    const client = await connectRaw(port)
    client.send(get('/one') + 'GET /half HTTP/1.1\r\nHo')
    await client.saw('whole')
    const report = await lifecycle.shutdown()
    expect(report.cut).toMatchObject([{ kind: 'connection', name: expect.stringContaining('half a request from') }])
    await client.ended()
  })

  it('does not wait for a client that goes away', async () => {
    const { lifecycle, port } = await serveHttp(() => {})
    const client = await connectRaw(port)
    client.send(get('/never'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    client.socket.destroy()
    expect(await stopped).toMatchObject({ outcome: 'clean', cut: [] })
  })

  it('knows nothing any more of the responses that a client pipelined which has gone away', async () => {
    let arrived = 0
    // Time stands still, so that they are recent.
    const { lifecycle, port, server } = await serveHttp(() => void arrived++, {
      lifecycle: { clock: createFakeClock() },
    })
    const closed = new Promise((resolve) => {
      server.once('connection', (socket: Socket) => socket.once('close', resolve))
    })
    const client = await connectRaw(port)
    client.send(get('/first') + get('/second'))
    await until('both arrived', () => arrived === 2)
    client.socket.destroy()
    await closed
    expect(lifecycle.inFlight()).toEqual([])
  })

  it.each(['HEAD', 'GET'])('tracks responses without a body: %s', async (method) => {
    const { lifecycle, port } = await serveHttp((request, response) => {
      response.statusCode = request.method === 'GET' ? 304 : 200
      response.end()
    })
    const client = await connectRaw(port)
    client.send(`${method} / HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await client.saw('\r\n\r\n')
    await until('the response is over', () => lifecycle.inFlight().length === 0)
    expect((await lifecycle.shutdown()).outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
  })
})

describe('half-open clients', () => {
  it('serves a client that has closed its sending side, where the server allows that', async () => {
    const gate = createGate()
    const { lifecycle, port, server } = await serveHttp(async (_, response) => {
      await gate.opened
      response.end('answer')
    })
    Object.assign(server, { httpAllowHalfOpen: true })
    const client = await connectRaw(port)
    client.socket.end(get('/half-open'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    gate.open()
    expect((await stopped).outcome).toBe('clean')
    expect(await client.ended()).toBe('closed')
    expect(client.text).toContain('answer')
  })

  it('does not wait for a client that keeps its side open after the response', async () => {
    const gate = createGate()
    const { lifecycle, port } = await serveHttp(async (_, response) => {
      await gate.opened
      response.end('answer')
    })
    const client = await connectRaw(port)
    client.socket.allowHalfOpen = true
    client.send(get('/'))
    await until('the request arrived', () => lifecycle.inFlight().length === 1)
    const stopped = lifecycle.shutdown()
    gate.open()
    expect((await stopped).outcome).toBe('clean')
    client.socket.destroy()
  })
})
