import type { Clock, Timer, Work } from '@lastcall/core'
import type { WsMessageHandler } from '@nestjs/common'
import { type Client, cutClient, leaveClient } from './leave-client.ts'

/** A client may take this long to answer a close, in milliseconds. */
const PEER_CLOSE_MS = 500

/** The clients of all gateways of an application, and their messages that are being handled. */
export interface Clients {
  /** Adds one; `false` when it is there already. One that comes during the drain is told to leave. */
  add(client: Client): boolean
  remove(client: Client): void
  /** The callback of a handler, counted from its call to its answer. */
  count(client: Client, handler: WsMessageHandler): WsMessageHandler['callback']
  /** Has each client leave when its messages are handled; resolves when all have gone. */
  drain(): Promise<void>
  abort(): readonly Work[]
  inFlight(): readonly Work[]
}

interface Message {
  readonly client: Client
  readonly name: string
  readonly since: number
}

/** Makes the record of an application's clients. */
export function createClients(clock: Clock): Clients {
  const clients = new Set<Client>()
  const messages = new Set<Message>()
  /** Those that were told, and how long they may take. */
  const leaving = new Map<Client, Timer>()
  const gone = Promise.withResolvers<void>()
  let isDraining = false

  function leaveWhenIdle(client: Client): void {
    if (!isDraining || !clients.has(client) || leaving.has(client)) return
    if ([...messages].some((message) => message.client === client)) return
    leaving.set(
      client,
      clock.setTimeout(() => cutClient(client), PEER_CLOSE_MS),
    )
    leaveClient(client)
  }

  function settle(): void {
    if (isDraining && clients.size === 0) gone.resolve()
  }

  const inFlight = (): readonly Work[] =>
    [...messages].map(({ name, since }) => ({ kind: 'request', name, ageMs: clock.now() - since }))

  return {
    add(client) {
      if (clients.has(client)) return false
      clients.add(client)
      leaveWhenIdle(client)
      return true
    },
    remove(client) {
      clock.clearTimeout(leaving.get(client))
      leaving.delete(client)
      clients.delete(client)
      settle()
    },
    count:
      (client, { message, callback }) =>
      async (...args) => {
        const entry: Message = { client, name: `message ${String(message)}`, since: clock.now() }
        messages.add(entry)
        try {
          return await (callback(...args) as Promise<unknown>)
        } finally {
          messages.delete(entry)
          // After a turn, so that the answer goes first.
          if (isDraining) setImmediate(leaveWhenIdle, client)
        }
      },
    async drain() {
      isDraining = true
      for (const client of clients) leaveWhenIdle(client)
      settle()
      await gone.promise
    },
    abort() {
      const cut = inFlight()
      for (const client of clients) cutClient(client)
      return cut
    },
    inFlight,
  }
}
