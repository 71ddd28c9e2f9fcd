import type { Http1Connection } from './http1-connection.ts'
import { type LoadContext, openConnection, recordExchange } from './load-context.ts'
import type { Endpoint } from './load-plan.ts'
import { now } from './now.ts'
import { requestText } from './request-text.ts'

/** Requests on connections that are kept. */
export interface KeptConnections {
  /** Sends a request that was due then; it waits where every connection is busy. */
  send(dueMs: number): void
}

/**
 * Keeps a fixed number of connections and uses them in turn, the one that has been idle longest first. One that the
 * server told to close or has closed is replaced, while the platform routes. When it routes no more, the others carry
 * requests for `settleMs` and then are idle.
 */
export function createKeptConnections(context: LoadContext): KeptConnections {
  const { plan, routing, recorder, signal } = context
  const waiting: number[] = []
  let connections: Http1Connection[] = []
  let filled = false

  function open(): Http1Connection | undefined {
    if (connections.length >= plan.connections) return undefined
    const endpoint = routing.pick(now())
    if (!endpoint) return undefined
    const connection = openConnection(context, endpoint, 'keepAlive')
    connections.push(connection)
    filled ||= connections.length === plan.connections
    return connection
  }

  function take(): Http1Connection | undefined {
    connections = connections.filter(({ ended }) => !ended)
    const usable = (each: Http1Connection) => each.idle && now() < routing.endsAt(each.endpoint) + plan.settleMs
    return (filled ? undefined : open()) ?? connections.find(usable) ?? open()
  }

  function exchange(connection: Http1Connection, dueMs: number): void {
    // Last in the row: its next turn comes after all others'.
    connections = [...connections.filter((each) => each !== connection), connection]
    const head = requestText(new URL(routing.urlOf(connection.endpoint)), 'GET', { Connection: 'keep-alive' })
    recorder.forget() // It is not waiting any more.
    void recordExchange(context, connection, { client: 'keepAlive', dueMs }, (socket) => socket.write(head)).then(
      () => !signal.aborted && sendWaiting(),
    )
  }

  /** Those that wait for a connection, as far as there are any; those that wait too long have timed out. */
  function sendWaiting(): void {
    for (let dueMs = waiting[0]; dueMs !== undefined; dueMs = waiting[0]) {
      const connection = take()
      if (connection) exchange(connection, dueMs)
      else if (connections.some(({ idle }) => !idle)) {
        if (now() - dueMs < plan.timeoutMs) return
        recorder.end({ client: 'keepAlive', endpoint: '', connection: 0, dueMs }, timedOut(dueMs))
      } else recorder.forget() // Routed elsewhere.
      waiting.shift()
    }
  }

  signal.addEventListener('abort', () => {
    for (const dueMs of waiting.splice(0)) {
      // Connections are all busy: where nobody else is there to take it, it waits for a server that has gone.
      if (routing.pick(now())) recorder.forget()
      else recorder.end({ client: 'keepAlive', endpoint: '', connection: 0, dueMs }, timedOut(dueMs))
    }
  })
  return {
    send(dueMs) {
      recorder.begin()
      waiting.push(dueMs)
      sendWaiting()
    },
  }
}

function timedOut(dueMs: number) {
  return { sentMs: dueMs, endedMs: now(), reused: false, complete: false, begun: false, close: false, timedOut: true }
}

/** Connections that carry one request and are idle from then on, as those of browsers and pools are. */
export function openIdleConnections(context: LoadContext, endpoint: Endpoint): void {
  const head = requestText(new URL(endpoint.url))
  for (let index = 0; index < context.plan.idleConnections; index++) {
    const connection = openConnection(context, endpoint, 'idle')
    void recordExchange(context, connection, { client: 'idle', dueMs: now() }, (socket) => socket.write(head))
  }
}
