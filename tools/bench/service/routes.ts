import { createServer, type Server } from 'node:http'
import { type FastifyInstance } from 'fastify'

/** How long a request to `/slow` takes, in milliseconds. */
export const SLOW_MS = 400

/** What every service answers with, in plain text. */
export const BODY = 'hello\n'

/** A server with the routes on it: `/slow` takes its time, every other path answers at once. */
export function createHttpServer(): Server {
  return createServer((request, response) => {
    response.setHeader('content-type', 'text/plain')
    if (request.url === '/slow') setTimeout(() => response.end(BODY), SLOW_MS)
    else response.end(BODY)
  })
}

/** The same routes on Fastify. */
export function addRoutes(app: FastifyInstance): void {
  app.get('/', (_request, reply) => reply.type('text/plain').send(BODY))
  app.get('/slow', async (_request, reply) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
    return reply.type('text/plain').send(BODY)
  })
}
