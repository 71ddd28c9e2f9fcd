import { createPulse } from '../pulse.ts'
import type { EventStore } from './event-store.ts'
import type { OrderEvent } from './order-event.ts'

/** How the feed works. Every field has a default. */
export interface OrderFeedOptions {
  /** How often to look for events that other replicas wrote, in milliseconds. @default 1000 */
  readonly pollMs?: number
  /** How many events to keep in memory for those who follow closely. @default 1000 */
  readonly recentSize?: number
  /** Hears when the database could not be read; the feed tries again at its next poll. */
  readonly onError?: (error: unknown) => void
}

/** One reader of the events in the database, and everyone who follows it. */
export interface OrderFeed {
  /** The id of the newest event it has seen. */
  readonly position: number
  /** Begins to read, from the newest event on. */
  start(): Promise<void>
  /** Says that an event was written here, so that it need not wait for the poll. */
  wake(): void
  /**
   * Every event after id `after`, each once and in order, until the feed stops or `signal` aborts.
   * A follower who is slow, or comes back, reads from the database; `undefined` says that none came for `idleMs`.
   */
  follow(
    after: number,
    options: { readonly signal: AbortSignal; readonly idleMs?: number | undefined },
  ): AsyncGenerator<OrderEvent | undefined, void>
  /** Reads what was written until now, then ends every follower once it has had it. */
  stop(): Promise<void>
}

const BATCH_SIZE = 200

/** Makes a feed. */
export function createOrderFeed(store: EventStore, options: OrderFeedOptions = {}): OrderFeed {
  const { pollMs = 1000, recentSize = 1000, onError = () => {} } = options
  const stopping = new AbortController()
  const written = createPulse()
  const moved = createPulse()
  let behind = false
  let ended = false
  let position = 0
  /** Every event after id `recentAfter`, up to `position`. */
  let recent: OrderEvent[] = []
  let recentAfter = 0
  let reading: Promise<void> | undefined

  async function readOn() {
    for (;;) {
      // Once told to stop, it still reads what was written before.
      const last = stopping.signal.aborted
      behind = false
      const events = await read()
      remember(events)
      if (events.length > 0 || behind) continue
      if (last) return
      await written.next({ signal: stopping.signal, timeoutMs: pollMs })
    }
  }

  async function read(): Promise<OrderEvent[]> {
    try {
      return await store.listAfter(position, BATCH_SIZE)
    } catch (error) {
      onError(error)
      return []
    }
  }

  function remember(events: readonly OrderEvent[]) {
    const newest = events.at(-1)
    if (newest === undefined) return
    position = newest.id
    recent.push(...events)
    const forgotten = recent.slice(0, -recentSize).at(-1)
    if (forgotten !== undefined) {
      recentAfter = forgotten.id
      recent = recent.slice(-recentSize)
    }
    moved.beat()
  }

  async function eventsAfter(id: number): Promise<readonly OrderEvent[]> {
    if (id < recentAfter) return await store.listAfter(id, BATCH_SIZE)
    return recent.filter((event) => event.id > id)
  }

  return {
    get position() {
      return position
    },
    async start() {
      position = await store.latestId()
      recentAfter = position
      reading = readOn()
    },
    wake() {
      behind = true
      written.beat()
    },
    async *follow(after, { signal, idleMs }) {
      let cursor = after
      while (!signal.aborted) {
        if (cursor < position) {
          const events = await eventsAfter(cursor)
          for (const event of events) {
            cursor = event.id
            yield event
          }
          if (events.length === 0) cursor = position
        } else if (ended) {
          return
        } else {
          await moved.next({ signal, timeoutMs: idleMs })
          if (cursor === position && !signal.aborted && !ended) yield undefined
        }
      }
    },
    async stop() {
      stopping.abort()
      await reading
      ended = true
      moved.beat()
    },
  }
}
