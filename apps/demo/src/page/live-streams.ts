import type { ServerResponse } from 'node:http'
import type { LiveMessages } from './live-view.ts'

/** A client that has not read so much is let go, in bytes. */
const MAX_UNREAD_BYTES = 1024 * 1024

/** Everyone who watches, as open event streams. */
export interface LiveStreams {
  readonly count: number
  /** Answers with a stream, or with 503 when there are as many as may be. */
  open(response: ServerResponse, headers?: Readonly<Record<string, string>>): boolean
  send<Name extends keyof LiveMessages>(name: Name, data: LiveMessages[Name]): void
  /** Ends every stream, after all that was sent. */
  end(): void
}

/** Writes one message as server-sent events have it. */
export function formatMessage<Name extends keyof LiveMessages>(name: Name, data: LiveMessages[Name]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Makes the streams; there are at most `max` of them. */
export function createLiveStreams({ max = 50 } = {}): LiveStreams {
  const responses = new Set<ServerResponse>()
  return {
    get count() {
      return responses.size
    },
    open(response, headers = {}) {
      if (responses.size >= max) {
        response.writeHead(503, { 'retry-after': '5', ...headers }).end()
        return false
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        ...headers,
      })
      responses.add(response)
      response.once('close', () => responses.delete(response))
      return true
    },
    send(name, data) {
      if (responses.size === 0) return
      const message = formatMessage(name, data)
      for (const response of responses) {
        if (response.writableLength > MAX_UNREAD_BYTES) response.destroy()
        else response.write(message)
      }
    },
    end() {
      for (const response of responses) response.end()
      responses.clear()
    },
  }
}
