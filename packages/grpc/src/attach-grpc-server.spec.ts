import { Server } from '@grpc/grpc-js'
import { createLifecycle, type Drainable } from '@lastcall/core'
import { createFakeProcess, recordEvents, waitUntil } from '@lastcall/testing'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  ask,
  connectHealth,
  connectOrders,
  ordersHandlers,
  type OrdersClient,
  ordersService,
} from '../test/fixtures/orders.ts'
import { bind, isConnected, runServer } from '../test/fixtures/run-server.ts'
import { attachGrpcServer } from './index.ts'

const PAUSE_MS = 2

describe('attachGrpcServer', () => {
  it.each([false, true])('loses no call in the lame duck, on kept channels and new ones (TLS: %s)', async (tls) => {
    const { orders, signal, lifecycle, server, url } = await runServer({ tls })
    const outcomes: string[] = []
    let isRouted = true

    async function call(client: OrdersClient): Promise<void> {
      outcomes.push(await ask(client, client.get, { id: '7' }).then(({ id }) => id, String))
      await pause(PAUSE_MS)
    }
    /** Goes on until the server has told it to go, as nothing else ends an established connection. */
    async function keep(): Promise<void> {
      const client = orders()
      while (isRouted || isConnected(client)) await call(client)
    }
    async function anew(): Promise<void> {
      while (isRouted) {
        const client = connectOrders(url)
        await call(client)
        client.close()
      }
    }

    const load = Promise.all([keep(), keep(), keep(), anew(), anew()])
    await waitUntil(() => outcomes.length > 40)
    signal()
    const before = outcomes.length
    await waitUntil(() => outcomes.length > before + 60)
    isRouted = false
    signal()
    await load

    expect(outcomes.filter((outcome) => outcome !== '7')).toEqual([])
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', cut: [] })
    expect(() => server.bindAsync('127.0.0.1:0', undefined as never, () => {})).toThrow('after shutdown')
  })

  it('drains every address of the server, those too that it was bound to before', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess(), lameDuck: { minMs: 0 } })
    const events = recordEvents(lifecycle)
    const server = new Server()
    onTestFinished(() => server.forceShutdown())
    const urls = [await bind(server)]
    attachGrpcServer(lifecycle, server, { name: 'orders-grpc' })
    urls.push(await bind(server, true, '127.0.0.2'))
    await lifecycle.start()
    const clients = urls.map(connectHealth)
    onTestFinished(() => clients.forEach((client) => client.close()))
    for (const client of clients) {
      expect(await ask(client, client.check, { service: '' })).toEqual({ status: 'SERVING' })
    }

    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    expect(events.of('drain:begin').map(({ drainable }) => drainable)).toEqual(['orders-grpc', 'orders-grpc'])
    await waitUntil(() => !clients.some(isConnected))
  })

  it('takes a health check for no use of a connection: kubelet opens one each time', async () => {
    const drainables: Drainable[] = []
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const { attach } = lifecycle
    lifecycle.attach = (drainable) => {
      drainables.push(drainable)
      return attach(drainable)
    }
    const server = new Server()
    server.addService(
      ordersService,
      ordersHandlers(() => Promise.resolve()),
    )
    onTestFinished(() => server.forceShutdown())
    attachGrpcServer(lifecycle, server)
    const url = await bind(server)
    const [health, orders] = [connectHealth(url), connectOrders(url)] as const
    onTestFinished(() => [health, orders].forEach((client) => client.close()))

    await ask(health, health.check, { service: 'liveness' })
    expect(drainables[0]?.lastConnectionAt()).toBeUndefined()
    await ask(orders, orders.get, { id: '7' })
    expect(drainables[0]?.lastConnectionAt()).toBeTypeOf('number')
  })

  it('shuts down a server that was never bound', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const server = new Server()
    attachGrpcServer(lifecycle, server)
    await lifecycle.start()
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
    expect(lifecycle.state).toEqual({ name: 'stopped', outcome: 'clean' })
  })

  it('gives the server back when it is detached', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess(), lameDuck: { minMs: 0 } })
    const server = new Server()
    onTestFinished(() => server.forceShutdown())
    const detach = attachGrpcServer(lifecycle, server)
    const url = await bind(server)
    detach()
    attachGrpcServer(lifecycle, server)()
    await lifecycle.start()
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean' })
    const client = connectHealth(url)
    onTestFinished(() => client.close())
    await expect(ask(client, client.check, { service: '' })).rejects.toThrow('UNIMPLEMENTED')
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
  })

  it('refuses a second attachment, and a server of another kind', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    const server = new Server()
    attachGrpcServer(lifecycle, server)
    expect(() => attachGrpcServer(lifecycle, server)).toThrow(
      expect.objectContaining({ code: 'LASTCALL_ALREADY_ATTACHED' }),
    )
    const other = createServer()
    expect(() => attachGrpcServer(lifecycle, other as unknown as Server)).toThrow(
      expect.objectContaining({ code: 'LASTCALL_INVALID_OPTION' }),
    )
  })
})
