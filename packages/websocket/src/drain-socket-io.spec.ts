import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, waitUntil } from '@lastcall/testing'
import { Server } from 'socket.io'
import { io as connect, type Socket } from 'socket.io-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runService, type RunOptions } from '../test/fixtures/run-service.ts'
import { openRawClient } from '../test/fixtures/web-socket-client.ts'
import { drainSocketIo, type SocketIoOptions } from './index.ts'

const NO_LAME_DUCK = { lameDuck: { minMs: 0 } }
const TRANSPORTS = ['websocket', 'polling'] as const

/** A service whose connections greet their client. */
function runChat(options: SocketIoOptions = {}, runOptions: RunOptions = {}) {
  return runService(({ lifecycle, server }) => {
    const io = new Server(server)
    const detach = drainSocketIo(lifecycle, io, options)
    for (const namespace of ['/', '/admin']) {
      io.of(namespace).on('connection', (socket) => socket.emit('hello', namespace))
    }
    return { io, detach }
  }, runOptions)
}

/** A client that is connected, and all that happens to it. */
async function openClient(url: string, transport: (typeof TRANSPORTS)[number], namespace = '/') {
  const socket: Socket = connect(`http://${url}${namespace}`, {
    ...{ transports: [transport], forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 20 },
  })
  onTestFinished(() => void socket.close())
  const disconnects: { reason: string; code: unknown }[] = []
  const messages: unknown[] = []
  let connects = 0
  socket.on('connect', () => connects++)
  socket.on('disconnect', (reason, details) => {
    const { context } = (details ?? {}) as { context?: { code?: number } }
    disconnects.push({ reason, code: context?.code })
  })
  socket.on('hello', (message) => messages.push(message))
  await waitUntil(() => messages.length > 0, { what: 'the greeting' })
  return {
    socket,
    disconnects,
    messages,
    get connects() {
      return connects
    },
  }
}

describe('drainSocketIo', () => {
  it.each(TRANSPORTS)(
    'has clients over %s come back by themselves, in the lame duck and after a restart',
    async (transport) => {
      const first = await runChat({ spreadMs: 20 })
      const client = await openClient(first.url, transport)
      first.signal()
      await waitUntil(() => client.connects >= 2, { what: 'a reconnect in the lame duck' })
      expect(first.lifecycle.state).toMatchObject({ phase: 'lameDuck' })
      first.signal()
      expect(await first.lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
      await waitUntil(() => !client.socket.connected, { what: 'the end of the connection' })

      await runChat({}, { port: first.port })
      await waitUntil(() => client.socket.connected, { what: 'a reconnect after the restart' })
      await waitUntil(() => client.messages.length === client.connects, { what: 'a greeting for each connection' })
      expect(client.disconnects[0]?.reason).toBe('transport close')
    },
  )

  it.each([
    [{}, 1001],
    [{ code: 1012 }, 1012],
  ] as const)('tells a client on a WebSocket why: %o', async (options, code) => {
    const { url, signal, lifecycle } = await runChat(options, NO_LAME_DUCK)
    const client = await openClient(url, 'websocket')
    signal()
    await lifecycle.shutdown()
    await waitUntil(() => client.disconnects.length > 0)
    expect(client.disconnects[0]).toEqual({ reason: 'transport close', code })
  })

  it.each(TRANSPORTS)('sends all that was sent over %s before it closes', async (transport) => {
    // Polls need connections, which the lame duck still takes.
    const { url, signal, prepared } = await runChat({ spreadMs: 1 })
    const client = await openClient(url, transport)
    const message = 'x'.repeat(256 * 1024)
    for (let sent = 0; sent < 4; sent++) prepared.io.emit('hello', message)
    signal()
    await waitUntil(() => client.disconnects.length > 0)
    expect(client.disconnects[0]?.reason).toBe('transport close')
    expect(client.messages.slice(0, 5)).toEqual(['/', message, message, message, message])
  })

  it('closes a client of any namespace', async () => {
    const { url, signal, lifecycle } = await runChat({}, NO_LAME_DUCK)
    const client = await openClient(url, 'websocket', '/admin')
    signal()
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    await waitUntil(() => client.disconnects.length > 0)
    expect(client.messages).toEqual(['/admin'])
  })

  it('cuts a polling client that has stopped polling, within a time of its own', async () => {
    const { url, signal, lifecycle, prepared } = await runChat({ closeTimeoutMs: 50 }, NO_LAME_DUCK)
    const answer = await fetch(`http://${url}/socket.io/?EIO=4&transport=polling`)
    expect(await answer.text()).toContain('"sid"')
    expect(prepared.io.engine.clientsCount).toBe(1)
    signal()
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    expect(lifecycle.aborting.aborted, 'the drain reached its deadline').toBe(false)
  })

  it('cuts a client that does not answer on its WebSocket, within a time of its own', async () => {
    const { port, signal, lifecycle, prepared } = await runChat({ closeTimeoutMs: 50 }, NO_LAME_DUCK)
    const client = await openRawClient(port, { path: '/socket.io/?EIO=4&transport=websocket' })
    client.upgrade()
    await waitUntil(() => prepared.io.engine.clientsCount === 1)
    signal()
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', inFlight: [{ name: 'GET /socket.io/' }] })
    expect(lifecycle.aborting.aborted, 'the drain reached its deadline').toBe(false)
  })

  it('lets go when it is detached', async () => {
    const { url, signal, events, prepared } = await runChat({ spreadMs: 0 })
    const client = await openClient(url, 'websocket')
    prepared.detach()
    signal()
    signal()
    await events.waitFor('drain:begin')
    expect(client.disconnects).toEqual([])
    client.socket.close()
  })

  it('refuses a server that has no HTTP server yet', () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    expect(() => drainSocketIo(lifecycle, new Server())).toThrow('new Server(server)')
  })
})
