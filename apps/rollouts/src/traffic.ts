import type { Traffic } from '@lastcall/testing'
import type { Balancer } from './balancers/balancer.ts'

const TEA = JSON.stringify({ customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] })

/** Who sends the requests, and what becomes of their answers. */
export interface TrafficOptions {
  readonly connections: Balancer['connections']
  /** Collects the id of each order that was answered with 201. */
  readonly acknowledged: Set<string>
  /** Whether 503 is an answer too: the database is down, and the service says so. */
  readonly acceptsUnavailable?: boolean
  /** When a request counts as not answered. @default 30_000 */
  readonly timeoutMs?: number
}

/** Orders and lists at a fixed rate, on connections that are kept and on new ones. */
export function openLoopTraffic(options: TrafficOptions): Traffic[] {
  const { connections, acknowledged, acceptsUnavailable = false, timeoutMs = 30_000 } = options
  const { kept, opened } = connections
  const accept = (good: number) => (status: number) => status === good || (acceptsUnavailable && status === 503)
  const order: Omit<Traffic, 'kind' | 'name'> = {
    path: '/orders',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: TEA,
    timeoutMs,
    accept: accept(201),
    onAnswer({ status, body }) {
      if (status === 201) acknowledged.add((JSON.parse(body) as { id: string }).id)
    },
  }
  const list = { path: '/orders?limit=10', timeoutMs, accept: accept(200) }
  return [
    { ...list, kind: 'keepAlive', name: 'list', connection: kept, clients: 6, perSecond: 20 },
    { ...list, kind: 'newConnection', name: 'list, new connection', connection: opened, perSecond: 15 },
    { ...order, kind: 'keepAlive', name: 'order', connection: kept, clients: 4, perSecond: 6 },
    { ...order, kind: 'newConnection', name: 'order, new connection', connection: opened, perSecond: 4 },
    {
      ...order,
      ...{ kind: 'slow', name: 'order, waits', path: '/orders?wait=processed' },
      ...{ connection: kept, clients: 2, perSecond: 2 },
    },
  ]
}
