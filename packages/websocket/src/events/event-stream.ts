import { formatEvent, type ServerSentEvent } from './format-event.ts'

/** What is used of a response of Node's, of HTTP/1 or HTTP/2, with its head not sent yet. */
export interface EventResponse {
  readonly req: {
    readonly httpVersionMajor: number
    readonly method?: string | undefined
    readonly url?: string | undefined
  }
  readonly writableLength: number
  writeHead(status: number, headers: Record<string, string>): unknown
  write(text: string): boolean
  end(): unknown
  destroy(): unknown
  once(event: 'close', listener: () => void): unknown
}

/** A stream of events to one client. */
export interface EventStream {
  /** Whether the client can still be sent something. */
  readonly isOpen: boolean
  /** Sends an event; `false` when the client is behind, or gone. */
  send(event: ServerSentEvent): boolean
  /** Ends it: `EventSource` connects again. */
  end(): void
}

/** A stream as its keeper uses it. */
export interface KeptStream extends EventStream {
  /** Sends what no client shows. */
  comment(): void
}

/**
 * Begins a stream of events: `retry` first, so that the client knows when to come back. On HTTP/1 its connection is
 * used for nothing else, so that the client comes back on a new one.
 */
export function beginEventStream(response: EventResponse, retryMs: number): KeptStream {
  let isOpen = true
  const write = (text: string): boolean => isOpen && response.write(text)

  response.once('close', () => (isOpen = false))
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // nginx would hold events back.
    'x-accel-buffering': 'no',
    ...(response.req.httpVersionMajor === 1 && { connection: 'close' }),
  })
  write(`retry: ${retryMs}\n\n`)

  return {
    get isOpen() {
      return isOpen
    },
    send: (event) => write(formatEvent(event)),
    comment: () => void write(':\n\n'),
    end() {
      isOpen = false
      response.end()
    },
  }
}
