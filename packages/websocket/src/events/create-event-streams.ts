import type { Lifecycle } from '@lastcall/core'
import { createPeers } from '../peers/create-peers.ts'
import { nameOf } from '../peers/peer.ts'
import { checkMs, resolveSpread, type SpreadOptions } from '../peers/spread-options.ts'
import { beginEventStream, type EventResponse, type EventStream, type KeptStream } from './event-stream.ts'
import type { ServerSentEvent } from './format-event.ts'
import { createHeartbeat } from './heartbeat.ts'

/** Options of {@link createEventStreams}. */
export interface EventStreamOptions extends SpreadOptions {
  /** When a client connects again after its stream has ended, in milliseconds; each is told another time, up to half of it sooner or later. @default 2000 */
  readonly retryMs?: number
  /** How often a comment is sent, so that nothing on the way takes a connection for dead, in milliseconds; 0: never. @default 0 */
  readonly heartbeatMs?: number
  /** How events and reports name the streams. @default 'sse' */
  readonly name?: string
}

/** The streams of server-sent events of a service. */
export interface EventStreams {
  /** How many are open. */
  readonly size: number
  /** Answers a request with a stream; its head must not be sent yet. */
  open(response: EventResponse): EventStream
  /** Sends an event to every stream. */
  send(event: ServerSentEvent): void
  /** Lets go of the lifecycle, and of every timer. */
  detach(): void
}

/** What `createEventStreams` does when nothing is said. */
const DEFAULTS = { retryMs: 2000, heartbeatMs: 0, name: 'sse' }

/**
 * Makes streams of server-sent events that a lifecycle ends, spread in time, so that clients connect again elsewhere.
 * The server below them is attached as ever. Throws `LASTCALL_INVALID_OPTION`.
 */
export function createEventStreams(lifecycle: Lifecycle, options: EventStreamOptions = {}): EventStreams {
  const { name = DEFAULTS.name } = options
  const retryMs = checkMs('retryMs', options.retryMs ?? DEFAULTS.retryMs)
  const heartbeatMs = checkMs('heartbeatMs', options.heartbeatMs ?? DEFAULTS.heartbeatMs)
  const spread = resolveSpread(options, lifecycle.options)
  const streams = new Set<KeptStream>()
  const heartbeat = createHeartbeat(lifecycle.clock, heartbeatMs, streams)
  const peers = createPeers(lifecycle, name, spread)
  const stopListening = lifecycle.subscribe(({ type }) => {
    if (type === 'lifecycle:dispose') heartbeat.stop()
  })

  return {
    get size() {
      return streams.size
    },
    open(response) {
      const stream = beginEventStream(response, Math.round(retryMs * (0.5 + spread.random())))
      const remove = peers.add({
        name: nameOf(response.req),
        close: stream.end,
        terminate: () => void response.destroy(),
        hasUnsent: () => response.writableLength > 0,
      })
      streams.add(stream)
      heartbeat.keep()
      response.once('close', () => {
        streams.delete(stream)
        heartbeat.keep()
        remove()
      })
      return stream
    },
    send(event) {
      for (const stream of streams) stream.send(event)
    },
    detach() {
      stopListening()
      heartbeat.stop()
      peers.end()
    },
  }
}
