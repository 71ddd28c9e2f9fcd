import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Asks `answer` about each request before the server's listeners hear of it; `true` keeps it from them. Overrides
 * `emit` on this one server, so that listeners that are added later are behind it too.
 */
export function interceptRequests(
  server: EventEmitter,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
): void {
  const { emit } = server
  server.emit = function (this: EventEmitter, event: string | symbol, request: unknown, response: unknown): boolean {
    if (event === 'request' && answer(request as IncomingMessage, response as ServerResponse)) return true
    // Not rest parameters: every request comes by here.
    return Reflect.apply(emit, this, arguments)
  }
}
