import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Connector } from './connector.ts'
import { exchange } from './exchange.ts'
import type { ClientContext } from './run-client.ts'

/** What an open loop works with. */
export interface OpenLoopContext extends Omit<ClientContext, 'connector'> {
  /** Makes a connector for one connection more. */
  readonly connect: () => Connector
}

/**
 * Sends so many requests a second, whatever becomes of those before, so that a service that stalls is not spared: each
 * one's time counts from when it was due. It keeps `clients` connections and uses them in turn, and opens one more where
 * they are all busy. When routing has stopped it goes on with those that are established.
 */
export async function runOpenLoop(context: OpenLoopContext): Promise<void> {
  const { traffic, connect, router, now, signal } = context
  const underWay = new Set<Promise<void>>()
  const startedMs = now()
  let idle: Connector[] = []
  let failure: { readonly cause: unknown } | undefined

  const routes = (): boolean => router.routesAt(now())
  const isFull = (): boolean => idle.length + underWay.size >= traffic.clients

  function take(): Connector | undefined {
    const ended = idle.filter(({ established }) => !established)
    idle = idle.filter(({ established }) => established)
    for (const connector of ended) connector.close()
    return (routes() && !isFull() ? connect() : idle.shift()) ?? (routes() ? connect() : undefined)
  }

  async function send(dueMs: number): Promise<void> {
    for (let connector = take(); connector !== undefined && !signal.aborted; connector = take()) {
      const record = await exchange({ ...context, connector }, dueMs).finally(() => idle.push(connector))
      if (record === undefined) continue
      context.onRecord(record)
      return
    }
  }

  for (let index = 0; !signal.aborted && !failure; index++) {
    const dueMs = startedMs + (index * 1000) / traffic.perSecond
    await pause(Math.max(0, dueMs - now()), undefined, { signal }).catch(() => {})
    // What has come in is read first: on a busy machine the end of a connection may wait there since long ago.
    await nextTurn()
    if (signal.aborted || (!routes() && underWay.size === 0 && !idle.some(({ established }) => established))) break
    const sent: Promise<void> = send(dueMs)
      .catch((cause: unknown) => void (failure ??= { cause })) // What an `onAnswer` throws ends the traffic.
      .finally(() => underWay.delete(sent))
    underWay.add(sent)
  }
  await Promise.all(underWay)
  for (const connector of idle) connector.close()
  if (failure) throw failure.cause
}
