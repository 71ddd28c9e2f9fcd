import type { LifecycleOptions } from '@lastcall/core'
import { findFreePort, recordEvents, waitUntil } from '@lastcall/testing'
import type { Provider } from '@nestjs/common'
import { WsAdapter } from '@nestjs/platform-ws'
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { once } from 'node:events'
import { interval, map } from 'rxjs'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { makeApp } from '../../test/fixtures/make-app.ts'
import { PLATFORMS } from '../../test/fixtures/platforms.ts'

const sockets: WebSocket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate()
})

/** A gateway that echoes, answers slowly, and counts for ever. */
function createGateway(log: string[], gate: Promise<unknown>, ...args: Parameters<typeof WebSocketGateway>): Provider {
  @WebSocketGateway(...args)
  class Chat {
    handleConnection() {
      log.push('connected')
    }

    @SubscribeMessage('echo')
    echo(@MessageBody() data: string) {
      return { event: 'echo', data }
    }

    @SubscribeMessage('slow')
    async slow(@MessageBody() data: string) {
      log.push('slow begins')
      await gate
      return { event: 'slow', data }
    }

    @SubscribeMessage('count')
    count(@ConnectedSocket() _socket: unknown) {
      return interval(10).pipe(map((data) => ({ event: 'count', data })))
    }
  }
  return Chat
}

async function connect(url: string) {
  const socket = new WebSocket(url)
  sockets.push(socket)
  const messages: unknown[] = []
  socket.on('message', (data) => messages.push(JSON.parse(String(data))))
  const closed = once(socket, 'close').then(([code, reason]) => ({ code: code as number, reason: String(reason) }))
  await once(socket, 'open')
  return {
    socket,
    messages,
    closed,
    send: (event: string, data?: unknown) => socket.send(JSON.stringify({ event, data })),
  }
}

async function makeChat(options: LifecycleOptions = {}, createAdapter = PLATFORMS[0]![1], port?: number) {
  const gate = Promise.withResolvers<void>()
  const log: string[] = []
  const gateway = port ? createGateway(log, gate.promise, port) : createGateway(log, gate.promise)
  const made = await makeApp({ options, createAdapter, providers: [gateway] })
  made.app.useWebSocketAdapter(new WsAdapter(made.app))
  const url = await made.listen()
  return { ...made, chat: log, gate, url: port ? `ws://127.0.0.1:${port}` : url.replace('http', 'ws') }
}

describe.each(PLATFORMS)('drainGateways on %s', (_, createAdapter) => {
  it('answers messages until the drain, finishes those in flight, then closes with 1001', async () => {
    const { lifecycle, process, url, chat, gate } = await makeChat(
      { gracePeriodMs: 600_000, lameDuck: { minMs: 300_000 } },
      createAdapter,
    )
    await waitUntil(() => lifecycle.state.name === 'running')
    const [busy, idle] = [await connect(url), await connect(url)]
    busy.send('slow', 'a')
    await waitUntil(() => chat.includes('slow begins'))

    process.kill('SIGTERM')
    idle.send('echo', 'b')
    await waitUntil(() => idle.messages.length > 0)
    expect(lifecycle.state).toMatchObject({ phase: 'lameDuck' })
    process.kill('SIGTERM')

    expect(await idle.closed).toEqual({ code: 1001, reason: 'going away' })
    expect(busy.socket.readyState).toBe(WebSocket.OPEN)
    expect(lifecycle.inFlight().map(({ name }) => name)).toContain('message slow')
    gate.resolve()

    expect(await busy.closed).toEqual({ code: 1001, reason: 'going away' })
    expect(busy.messages).toEqual([{ event: 'slow', data: 'a' }])
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
  })
})

describe('drainGateways', () => {
  it('does not wait for a stream of answers: whoever reads it is told to leave', async () => {
    const { app, lifecycle, url } = await makeChat()
    const client = await connect(url)
    client.send('count')
    await waitUntil(() => client.messages.length > 1)

    await app.close()

    expect((await client.closed).code).toBe(1001)
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('drains a gateway that has a port of its own, and turns away who comes during the drain', async () => {
    const { app, lifecycle, url, chat, gate } = await makeChat({}, undefined, await findFreePort())
    const client = await connect(url)
    client.send('slow', 'a')
    await waitUntil(() => chat.includes('slow begins'))

    const closed = app.close()
    await waitUntil(() => lifecycle.state.name === 'draining' && lifecycle.state.phase === 'drain')
    const late = await connect(url)
    expect((await late.closed).code).toBe(1001)
    gate.resolve()

    await closed
    expect((await client.closed).code).toBe(1001)
    expect(client.messages).toEqual([{ event: 'slow', data: 'a' }])
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('cuts what is in flight at the deadline, and names it', async () => {
    const { lifecycle, url, chat } = await makeChat({ drainTimeoutMs: 50 })
    const events = recordEvents(lifecycle)
    const client = await connect(url)
    client.send('slow')
    await waitUntil(() => chat.includes('slow begins'))

    const { outcome, cut } = await lifecycle.shutdown()

    expect(outcome).toBe('cut')
    expect(cut.map(({ name }) => name)).toContain('message slow')
    expect((await client.closed).code).toBe(1006)
    await events.waitFor('drain:end', ({ drainable }) => drainable === 'gateways')
  })

  it('ends a client that does not answer the close', async () => {
    const { app, lifecycle, url } = await makeChat()
    const client = await connect(url)
    client.socket.pause()

    await app.close()

    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('tells each client once, however many gateways it has', async () => {
    const gate = Promise.resolve()
    const made = await makeApp({ providers: [createGateway([], gate), createGateway([], gate)] })
    made.app.useWebSocketAdapter(new WsAdapter(made.app))
    const client = await connect((await made.listen()).replace('http', 'ws'))
    await waitUntil(() => made.lifecycle.inFlight().some(({ kind }) => kind === 'upgrade'))

    await made.app.close()

    expect((await client.closed).code).toBe(1001)
  })
})
