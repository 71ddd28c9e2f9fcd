import { join } from 'node:path'
import type { ServiceOptions, Traffic } from '@lastcall/testing'
import type { Order } from '../../src/orders/order.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const TEA = { customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] }

/** The orders service as a real process; `main` is its entry, within this app's folder. */
export function ordersProcess(
  env: Readonly<Record<string, string>>,
  main = 'src/main.ts',
): Pick<ServiceOptions, 'args' | 'cwd' | 'env'> {
  return {
    // Processes that live for seconds: compiling the database once, simply, is quicker than compiling it well.
    args: ['--liftoff-only', '--conditions=@lastcall/source', main],
    cwd: ROOT,
    env: { HOST: '127.0.0.1', PROBE_PORT: '0', DATABASE_URL: '', PROCESSING_MS: '50', ...env },
  }
}

/** A way to send orders; `acknowledged` collects the id of each that was answered with 201. */
export function sendOrders(
  acknowledged: Set<string>,
  traffic: Omit<Traffic, 'path'> & { readonly path?: string },
): Traffic {
  return {
    path: '/orders',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(TEA),
    accept: (status) => status === 201,
    onAnswer({ status, body }) {
      if (status === 201) acknowledged.add((JSON.parse(body) as Order).id)
    },
    ...traffic,
  }
}

/**
 * Every way that clients use the service: short and slow requests, streams and events, old and new connections.
 * They pause between orders, so that the worker keeps up and an export stays short.
 */
export function everyTraffic(acknowledged: Set<string>): Traffic[] {
  const pauseMs = 80
  return [
    sendOrders(acknowledged, { kind: 'keepAlive', name: 'order', clients: 2, pauseMs }),
    sendOrders(acknowledged, { kind: 'newConnection', name: 'order, new connection', clients: 2, pauseMs }),
    sendOrders(acknowledged, {
      kind: 'slow',
      name: 'order, waits',
      path: '/orders?wait=processed',
      clients: 2,
      pauseMs,
    }),
    { kind: 'keepAlive', name: 'list', path: '/orders?limit=10', clients: 2 },
    { kind: 'newConnection', name: 'list, new connection', path: '/orders?limit=10', clients: 2 },
    { kind: 'stream', name: 'export', path: '/orders/export?perSecond=2000', clients: 2 },
    { kind: 'sse', name: 'events', path: '/events', clients: 2, pauseMs },
  ]
}

/** All orders of a running service. */
export async function exportOrders(url: string): Promise<Order[]> {
  const response = await fetch(`${url}/orders/export`, { headers: { connection: 'close' } })
  const lines = (await response.text()).trimEnd().split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Order)
}
