import type { Traffic } from '@lastcall/testing'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connections } from './columns.ts'

const PAUSE_MS = 60
const TEA = JSON.stringify({ customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] })
const UPLOAD_PIECES = 6
const UPLOAD_PAUSE_MS = 40

/** Who sends the requests, and what becomes of their answers. */
export interface TrafficOptions {
  readonly connections: Connections
  /** Collects the id of each order that was answered with 201. */
  readonly acknowledged: Set<string>
  /** Whether 503 is an answer too: the database is down, and the service says so. */
  readonly acceptsUnavailable?: boolean
}

/** Every way that clients use the orders service, on connections, or sessions, that they keep and that they open anew. */
export function everyTraffic({ connections, acknowledged, acceptsUnavailable = false }: TrafficOptions): Traffic[] {
  const { kept, opened } = connections
  const accept = (good: number) => (status: number) => status === good || (acceptsUnavailable && status === 503)
  const order: Omit<Traffic, 'kind' | 'name'> = {
    path: '/orders',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: TEA,
    pauseMs: PAUSE_MS,
    clients: 2,
    accept: accept(201),
    onAnswer({ status, body }) {
      if (status === 201) acknowledged.add((JSON.parse(body) as { id: string }).id)
    },
  }
  const list = { path: '/orders?limit=10', clients: 2, accept: accept(200) }
  const traffic: Traffic[] = [
    { ...order, kind: 'keepAlive', name: 'order', connection: kept },
    { ...order, kind: 'newConnection', name: 'order, new connection', connection: opened },
    { ...order, kind: 'slow', name: 'order, waits', path: '/orders?wait=processed', connection: kept },
    { ...order, kind: 'upload', name: 'order, sent slowly', body: sendSlowly, connection: kept },
    { ...list, kind: 'keepAlive', name: 'list', connection: kept },
    { ...list, kind: 'newConnection', name: 'list, new connection', connection: opened, pauseMs: 20 },
    { kind: 'sse', name: 'events', path: '/events', clients: 2, pauseMs: PAUSE_MS, connection: opened },
  ]
  // A database that goes down cuts an export that has begun: that is not the shutdown's doing.
  if (acceptsUnavailable) return traffic
  return [
    ...traffic,
    { kind: 'stream', name: 'export', path: '/orders/export?perSecond=2000', clients: 2, connection: kept },
  ]
}

async function* sendSlowly(): AsyncGenerator<string> {
  const size = Math.ceil(TEA.length / UPLOAD_PIECES)
  for (let piece = 0; piece < UPLOAD_PIECES; piece++) {
    await pause(UPLOAD_PAUSE_MS)
    yield TEA.slice(piece * size, (piece + 1) * size)
  }
}
