import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { connectRaw } from './raw-client.ts'
import { serve } from './service.ts'
import { until } from './until.ts'

describe('draining upgraded connections', () => {
  it('waits for a WebSocket that its owner closes with 1001', async () => {
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    const { lifecycle, port } = await serve(server)
    lifecycle.onShutdown(
      'close websockets',
      () => {
        for (const socket of sockets.clients) socket.close(1001)
      },
      { phase: 'drain' },
    )
    const client = new WebSocket(`ws://localhost:${port}/chat`)
    const closed = new Promise<number>((resolve) => client.on('close', resolve))
    await new Promise((resolve) => client.on('open', resolve))
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'upgrade', name: 'GET /chat' }])
    const report = await lifecycle.shutdown()
    expect(await closed).toBe(1001)
    expect(report).toMatchObject({ outcome: 'clean', cut: [] })
    expect(report.durationMs).toBeLessThan(2000)
  })

  it('lets a WebSocket work until then, and destroys one that nobody closes at the deadline', async () => {
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
    const { lifecycle, port } = await serve(server, { lifecycle: { drainTimeoutMs: 500 } })
    const client = new WebSocket(`ws://localhost:${port}/chat`)
    const closed = new Promise<number>((resolve) => client.on('close', resolve))
    await new Promise((resolve) => client.on('open', resolve))
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    const echoed = new Promise((resolve) => client.on('message', (data) => resolve(String(data))))
    client.send('still there')
    expect(await echoed).toBe('still there')
    expect((await stopped).cut).toMatchObject([{ kind: 'upgrade', name: 'GET /chat' }])
    expect(await closed).toBe(1006)
  })

  it('waits for a CONNECT tunnel', async () => {
    const server = createServer()
    let tunnel: Duplex | undefined
    server.on('connect', (_request, socket) => {
      tunnel = socket
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    })
    const { lifecycle, port } = await serve(server)
    const client = await connectRaw(port)
    client.send('CONNECT db.internal:5432 HTTP/1.1\r\nHost: db.internal\r\n\r\n')
    await client.saw('established')
    expect(lifecycle.inFlight()).toMatchObject([{ kind: 'upgrade', name: 'CONNECT db.internal:5432' }])
    const stopped = lifecycle.shutdown()
    await until('the listener closed', () => !server.listening)
    tunnel?.end('bye')
    expect((await stopped).outcome).toBe('clean')
    await client.ended()
    expect(client.text).toContain('bye')
  })
})
