import type { OrderEvent } from './order-event.ts'
import type { OrderFeed } from './order-feed.ts'

const HEARTBEAT_MS = 15_000
const MIN_RETRY_MS = 500
const MAX_RETRY_MS = 2500

/**
 * The body of a `text/event-stream` response: every event after id `after`, as the feed has it. Ends when the feed
 * stops; each client was told a random time to come back after, so that they do not all arrive at once.
 */
export async function* streamEvents(feed: OrderFeed, after: number, signal: AbortSignal): AsyncGenerator<string, void> {
  const retryMs = Math.round(MIN_RETRY_MS + Math.random() * (MAX_RETRY_MS - MIN_RETRY_MS))
  yield `retry: ${retryMs}\n\n`
  for await (const event of feed.follow(after, { signal, idleMs: HEARTBEAT_MS })) {
    yield event === undefined ? ': still here\n\n' : formatEvent(event)
  }
}

function formatEvent({ id, type, ...data }: OrderEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
