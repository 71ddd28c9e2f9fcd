import type { FastifyInstance } from 'fastify'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a request to `/slow` takes, in milliseconds. */
export const SLOW_MS = 400

const BODY = 'hello\n'

/**
 * A server with the routes on it: `/slow` takes its time, `/later` answers in the next phase of the event loop, every
 * other path at once. Idle connections are kept for KEEP_ALIVE_MS, or for Node's default.
 */
export function createHttpServer(): Server {
  const { KEEP_ALIVE_MS } = process.env
  const options = KEEP_ALIVE_MS === undefined ? {} : { keepAliveTimeout: Number(KEEP_ALIVE_MS) }
  return createServer(options, (request, response) => {
    response.setHeader('content-type', 'text/plain')
    if (request.url === '/slow') setTimeout(() => response.end(BODY), SLOW_MS)
    else if (request.url === '/later') setImmediate(() => response.end(BODY))
    else response.end(BODY)
  })
}

/** The same routes on Fastify, which keeps idle connections for longer than any test lasts. */
export function addRoutes(app: FastifyInstance): void {
  app.get('/', (_request, reply) => reply.type('text/plain').send(BODY))
  app.get('/slow', async (_request, reply) => {
    await sleep(SLOW_MS)
    return reply.type('text/plain').send(BODY)
  })
}
