import type { Lifecycle, ProbeKind } from '@lastcall/core'
import type { Server } from 'node:http'
import type { Queryable } from '../database/database.ts'
import { followShutdown } from './follow-shutdown.ts'
import type { Hello, LiveView, OrdersView, Sample } from './live-view.ts'

const HISTORY_SIZE = 120
const OLDEST_SHOWN = 6
const PROBES: readonly ProbeKind[] = ['startup', 'liveness', 'readiness']

/** What is known of the service, for whoever watches it. */
export interface LiveModel {
  hello(): Hello
  view(): LiveView
  /** Adds a second to the history; asks the database for the queue only while somebody watches. */
  sample(options: { readonly isWatched: boolean }): Promise<Sample>
  /** Whether anything is in flight beside the page's own streams. */
  hasOtherWork(): boolean
  onCreated(): void
  onProcessed(): void
}

/** Makes the model. */
export function createLiveModel({
  lifecycle,
  server,
  database,
}: {
  readonly lifecycle: Lifecycle
  readonly server: Pick<Server, 'getConnections'>
  readonly database: Queryable
}): LiveModel {
  const { clock, options } = lifecycle
  const shutdown = followShutdown(lifecycle)
  const startedAt = clock.now()
  let history: readonly Sample[] = []
  let connections = 0
  let orders: OrdersView = { pending: undefined, newest: undefined, created: 0, processed: 0 }
  let isAsking = false

  /** The page's own streams are no work: they wait for the work. */
  const work = () => lifecycle.inFlight().filter(({ name }) => name !== 'GET /live')

  const probes = () =>
    Object.fromEntries(PROBES.map((kind) => [kind, lifecycle.probe(kind).status])) as LiveView['probes']

  function countConnections(): void {
    server.getConnections((error, count) => {
      if (!error) connections = count
    })
  }

  async function askQueue(): Promise<void> {
    const { state } = lifecycle
    const isOpen =
      state.name === 'running' || (state.name === 'draining' && ['lameDuck', 'drain'].includes(state.phase))
    if (isAsking || !isOpen) return
    isAsking = true
    try {
      const [row] = await database.query<{ pending: number; newest: number | null }>(
        `select (select count(*)::integer from order_queue) as pending, (select max(number) from orders) as newest`,
      )
      if (row) orders = { ...orders, pending: row.pending, newest: row.newest ?? 0 }
    } catch {
      // The check of the database says so already.
      orders = { ...orders, pending: undefined }
    }
    isAsking = false
  }

  return {
    hello: () => ({
      name: lifecycle.name,
      pid: process.pid,
      startedAt,
      deadlineMs: options.deadlineMs,
      lameDuckMs: options.lameDuck.minMs,
      budgets: [
        { phase: 'announce', budgetMs: Math.max(options.lameDuck.maxMs, options.announceTimeoutMs) },
        { phase: 'lameDuck', budgetMs: options.lameDuck.maxMs },
        { phase: 'drain', budgetMs: options.drainTimeoutMs },
        { phase: 'close', budgetMs: options.closeTimeoutMs },
        { phase: 'flush', budgetMs: options.flushTimeoutMs },
      ],
      history,
    }),
    view() {
      countConnections()
      const inFlight = work()
      return {
        at: clock.now(),
        state: lifecycle.state.name,
        probes: probes(),
        checks: lifecycle
          .snapshot()
          .checks.map(({ name, status, probes, critical }) => ({ name, status, probes, critical })),
        inFlight: { count: inFlight.length, oldest: inFlight.slice(0, OLDEST_SHOWN) },
        connections,
        orders,
        shutdown: shutdown(),
      }
    },
    async sample({ isWatched }) {
      if (isWatched) await askQueue()
      const checks = lifecycle.snapshot().checks.map(({ name, status }) => [name, status] as const)
      const sample: Sample = {
        at: clock.now(),
        state: lifecycle.state.name,
        status: { ...probes(), ...Object.fromEntries(checks) },
        inFlight: work().length,
        connections,
        pending: isWatched ? orders.pending : undefined,
        processed: orders.processed,
      }
      history = [...history, sample].slice(-HISTORY_SIZE)
      return sample
    },
    hasOtherWork: () => work().length > 0,
    onCreated() {
      orders = { ...orders, created: orders.created + 1 }
    },
    onProcessed() {
      orders = { ...orders, processed: orders.processed + 1 }
    },
  }
}
