import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, waitUntil } from '@lastcall/testing'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { runService, type RunOptions } from '../test/fixtures/run-service.ts'
import { openRawClient, openWebSocket } from '../test/fixtures/web-socket-client.ts'
import { drainWebSockets, type WebSocketOptions } from './index.ts'

const NO_LAME_DUCK = { lameDuck: { minMs: 0 } }
const GOING_AWAY = { code: 1001, reason: 'going away' }
/** More than the buffers of two sockets take. */
const MUCH = 'x'.repeat(16 * 1024 * 1024)

/** A service whose WebSockets greet their client. */
function runChat(options: WebSocketOptions = {}, runOptions: RunOptions = {}) {
  return runService(({ lifecycle, server }) => {
    const webSockets = new WebSocketServer({ server })
    const detach = drainWebSockets(lifecycle, webSockets, options)
    webSockets.on('connection', (socket) => socket.send('hello'))
    return { webSockets, detach }
  }, runOptions)
}

const onlyClient = ({ clients }: WebSocketServer): WebSocket => [...clients][0] as WebSocket

describe('drainWebSockets', () => {
  it.each([
    ['1001 by default', {}, GOING_AWAY],
    ['1012 where it starts again', { code: 1012 }, { code: 1012, reason: 'service restart' }],
  ] as const)('closes with %s', async (_, options, expected) => {
    const { url, signal, lifecycle } = await runChat(options, NO_LAME_DUCK)
    const clients = await Promise.all([1, 2, 3].map(() => openWebSocket(url)))
    signal()
    for (const client of clients) expect(await client.closed).toEqual(expected)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
  })

  it('closes within the lame duck, so that clients move while the others take them; serves new ones until the drain', async () => {
    const { url, signal, lifecycle } = await runChat({ spreadMs: 20 })
    const established = await Promise.all([1, 2, 3].map(() => openWebSocket(url)))
    signal()
    for (const client of established) expect(await client.closed).toEqual(GOING_AWAY)
    expect(lifecycle.state).toMatchObject({ phase: 'lameDuck' })

    const fresh = await openWebSocket(url)
    await waitUntil(() => fresh.messages.length > 0)
    expect(fresh.messages).toEqual(['hello'])
    signal()
    expect(await fresh.closed).toEqual(GOING_AWAY)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    await expect(openWebSocket(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('sends all that was sent before it closes', async () => {
    const { url, signal, lifecycle, prepared } = await runChat({}, NO_LAME_DUCK)
    const client = await openWebSocket(url)
    const message = 'x'.repeat(1024 * 1024)
    for (let sent = 0; sent < 4; sent++) onlyClient(prepared.webSockets).send(message)
    signal()
    expect(await client.closed).toEqual(GOING_AWAY)
    expect(client.messages.map(({ length }) => length)).toEqual([5, ...Array<number>(4).fill(message.length)])
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })

  it('closes a WebSocket whose handshake ends in the drain, with the same code', async () => {
    const { port, server, signal, events, lifecycle } = await runChat({})
    const late = await openRawClient(port)
    let answer = Buffer.alloc(0)
    late.on('data', (piece: Buffer) => (answer = Buffer.concat([answer, piece])))
    await waitUntil(() => server.listening)
    signal()
    signal()
    await events.waitFor('drain:begin')
    await waitUntil(() => !server.listening)
    late.upgrade()
    const close = Buffer.concat([Buffer.from([0x88, 12, 1001 >> 8, 1001 & 0xff]), Buffer.from('going away')])
    await waitUntil(() => answer.includes(close))
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /)
    late.destroy()
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
  })

  it('cuts a client that does not answer, within a time of its own', async () => {
    const { port, signal, lifecycle, prepared } = await runChat({ closeTimeoutMs: 50 }, NO_LAME_DUCK)
    const client = await openRawClient(port)
    client.upgrade()
    await waitUntil(() => prepared.webSockets.clients.size === 1)
    signal()
    const cut = once(client, 'close')
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', inFlight: [{ name: 'GET /chat' }], cut: [] })
    expect(lifecycle.aborting.aborted, 'the drain reached its deadline').toBe(false)
    await cut
  })

  it('names in the report a client that had not taken all that was sent to it', async () => {
    const { port, signal, lifecycle, prepared } = await runChat({ closeTimeoutMs: 50 }, NO_LAME_DUCK)
    const client = await openRawClient(port, { reads: false })
    client.upgrade()
    await waitUntil(() => prepared.webSockets.clients.size === 1)
    onlyClient(prepared.webSockets).send(MUCH)
    signal()
    const { outcome, errors } = await lifecycle.shutdown()
    expect(outcome).toBe('failed')
    expect(errors).toEqual([expect.stringMatching(/^'websocket' cut 1 .*: GET \/chat\./)])
  })

  it('leaves to the deadline of the drain what has a longer time of its own, and names it', async () => {
    const { port, signal, lifecycle, events, prepared } = await runChat({ closeTimeoutMs: 60_000 }, NO_LAME_DUCK)
    const client = await openRawClient(port)
    client.upgrade()
    await waitUntil(() => prepared.webSockets.clients.size === 1)
    signal()
    await events.waitFor('drain:begin')
    signal() // The second rung: what is in flight is cut now.
    expect(await lifecycle.shutdown()).toMatchObject({
      outcome: 'cut',
      cut: [{ kind: 'upgrade', name: 'GET /chat' }],
    })
  })

  it('attaches the server that ws makes for a port', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess(), ...NO_LAME_DUCK })
    const webSockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    onTestFinished(() => webSockets.close())
    drainWebSockets(lifecycle, webSockets, { name: 'chat' })
    await once(webSockets, 'listening')
    await lifecycle.start()
    const url = `127.0.0.1:${(webSockets.address() as AddressInfo).port}`
    expect((await fetch(`http://${url}/readyz`)).status).toBe(200)
    const client = await openWebSocket(url)
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    expect(await client.closed).toEqual(GOING_AWAY)
    await expect(openWebSocket(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('warns of a server that nobody drains', async () => {
    const { url, events } = await runChat({}, { attach: false })
    await openWebSocket(url)
    expect(events.of('warning')).toMatchObject([{ code: 'LASTCALL_NOT_ATTACHED' }])
  })

  it('lets go when it is detached', async () => {
    const { url, signal, lifecycle, prepared } = await runChat({}, NO_LAME_DUCK)
    const client = await openWebSocket(url)
    prepared.detach()
    expect(prepared.webSockets.listenerCount('connection')).toBe(1)
    signal()
    await waitUntil(() => lifecycle.inFlight().length > 0)
    client.socket.close(4000)
    expect(await client.closed).toMatchObject({ code: 4000 })
  })

  it('refuses another code', async () => {
    await expect(runChat({ code: 1006 as 1001 })).rejects.toMatchObject({
      code: 'LASTCALL_INVALID_OPTION',
      message: 'Option code is 1006: pass 1001 or 1012.',
    })
  })
})
