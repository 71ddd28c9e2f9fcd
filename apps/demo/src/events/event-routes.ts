import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { signalOf } from '../signal-of.ts'
import { streamEvents } from './event-stream.ts'
import type { OrderFeed } from './order-feed.ts'

/** `GET /events`: what happens to orders, as server-sent events. `Last-Event-ID` brings what was missed. */
export function registerEventRoutes(app: FastifyInstance, feed: OrderFeed): void {
  // Without a HEAD twin: it would follow the feed and never answer.
  app.get('/events', { exposeHeadRoute: false }, (request, reply) => {
    const after = resumeAfter(request.headers['last-event-id'], feed.position)
    reply
      .header('content-type', 'text/event-stream')
      .header('cache-control', 'no-cache')
      .header('x-accel-buffering', 'no')
    return reply.send(Readable.from(streamEvents(feed, after, signalOf(reply))))
  })
}

/** An id that this database has not given out yet comes from another one: start at the newest then. */
function resumeAfter(lastEventId: string | string[] | undefined, position: number): number {
  if (typeof lastEventId !== 'string' || !/^\d{1,10}$/.test(lastEventId)) return position
  return Math.min(Number(lastEventId), position)
}
