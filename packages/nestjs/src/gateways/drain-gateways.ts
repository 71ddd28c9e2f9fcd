import type { Lifecycle } from '@lastcall/core'
import type { WebSocketAdapter, WsMessageHandler } from '@nestjs/common'
import type { NestApplication } from '@nestjs/core'
import { createClients } from './create-clients.ts'
import type { Client } from './leave-client.ts'

/**
 * Has a lifecycle drain the gateways of an application: the messages of each client are finished, then it is told to go
 * away, with the close code 1001. Does nothing where there is no gateway.
 */
export function drainGateways(lifecycle: Lifecycle, app: NestApplication): void {
  // Nest has its adapter where only Nest looks.
  const { config } = app as unknown as { readonly config?: { getIoAdapter(): WebSocketAdapter | undefined } }
  const adapter = config?.getIoAdapter()
  if (!adapter) return
  const clients = createClients(lifecycle.clock)
  const { bindMessageHandlers } = adapter

  adapter.bindMessageHandlers = (client: Client, handlers, transform) => {
    const counted = handlers.map((handler: WsMessageHandler) => ({
      ...handler,
      callback: clients.count(client, handler),
    }))
    bindMessageHandlers.call(adapter, client, counted, transform)
    // Once for each of its gateways.
    if (clients.add(client)) adapter.bindClientDisconnect?.(client, () => clients.remove(client))
  }

  lifecycle.attach({
    name: 'gateways',
    lameDuck() {},
    lastConnectionAt: () => undefined,
    drain: clients.drain,
    abort: clients.abort,
    inFlight: clients.inFlight,
  })
}
