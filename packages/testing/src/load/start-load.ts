import type { ConnectionOptions } from 'node:tls'
import { waitUntil, type WaitOptions } from '../wait-until.ts'
import type { Connector } from './connector.ts'
import { formatLoadReport } from './format-load-report.ts'
import { createHttp1Connector } from './http1-connector.ts'
import { createHttp2Connector } from './http2-connector.ts'
import { createLoadReport, type LoadReport } from './load-report.ts'
import type { RequestRecord } from './request-record.ts'
import { createRouter } from './router.ts'
import { type ClientContext, runClient } from './run-client.ts'
import { runOpenLoop } from './run-open-loop.ts'
import { type ConnectionUse, type ResolvedTraffic, resolveTraffic, type Traffic } from './traffic.ts'

/** What load to put on a service. */
export interface LoadOptions {
  /** Where the service listens, without a path. */
  readonly url: string
  readonly traffic: readonly Traffic[]
  /** For an `https` address: `{ ca }`, or `{ rejectUnauthorized: false }`. */
  readonly tls?: ConnectionOptions
}

/** A load that is on. */
export interface Load {
  /** How many requests were answered well so far. */
  readonly served: number
  /** Resolves when `count` requests were answered well and every client got its first answer, or its head. Rejects with `LASTCALL_TIMEOUT`. */
  untilServed(count: number, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<void>
  /** Tells the router of the signal: new connections come for `afterMs` more, established ones until they are told to close. */
  stopRouting(options: { readonly afterMs: number }): void
  /** Resolves when every client has ended by itself: routing has stopped, and no connection is left to use. */
  readonly finished: Promise<LoadReport>
  /** Ends every client now and cancels what is in flight. */
  stop(): Promise<LoadReport>
  /** What the clients saw so far. */
  report(): LoadReport
}

/** Puts load on a service: real clients on real connections, each a closed loop or all at a fixed rate, until routing stops. */
export function startLoad({ url, traffic, tls }: LoadOptions): Load {
  const now = () => performance.now()
  const startedAt = now()
  const base = url.replace(/\/$/, '')
  const router = createRouter(now)
  const controller = new AbortController()
  const records: RequestRecord[] = []
  const waiting = new Set<object>()
  let served = 0

  const connectors: Record<Extract<ConnectionUse, string>, () => Connector> = {
    keepAlive: () => createHttp1Connector(base, true, tls),
    perRequest: () => createHttp1Connector(base, false, tls),
    http2: () => createHttp2Connector(base, true, tls),
    http2PerRequest: () => createHttp2Connector(base, false, tls),
  }
  const connect = (use: ConnectionUse): Connector => (typeof use === 'function' ? use(base) : connectors[use]())

  function start(traffic: ResolvedTraffic, run: (context: Omit<ClientContext, 'connector'>) => Promise<void>) {
    const client = {}
    waiting.add(client)
    return run({
      traffic,
      router,
      now,
      signal: controller.signal,
      onServing: () => waiting.delete(client),
      onRecord(record) {
        records.push(record)
        if (record.outcome === 'ok') served++
      },
    })
  }

  const report = (): LoadReport => createLoadReport(records, startedAt, router.signalledAt)

  function startTraffic(traffic: ResolvedTraffic): Promise<void>[] {
    const open = () => connect(traffic.connection)
    if (traffic.perSecond > 0) return [start(traffic, (context) => runOpenLoop({ ...context, connect: open }))]
    return Array.from({ length: traffic.clients }, () =>
      start(traffic, (context) => runClient({ ...context, connector: open() })),
    )
  }

  const finished = Promise.all(traffic.map(resolveTraffic).flatMap(startTraffic)).then(report)
  finished.catch(() => {}) // What an `onAnswer` throws is for whoever awaits it.
  return {
    get served() {
      return served
    },
    async untilServed(count, options) {
      const what = () =>
        `${count} served requests; ${waiting.size} clients have no good answer yet\n${formatLoadReport(report())}`
      await waitUntil(() => served >= count && waiting.size === 0, { what, ...options })
    },
    stopRouting: ({ afterMs }) => router.stop(afterMs),
    finished,
    stop() {
      controller.abort()
      return finished
    },
    report,
  }
}
