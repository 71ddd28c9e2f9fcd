import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RequestError } from './request-error.ts'
import { translateError } from './translate-error.ts'

/** Gives every error of the service one shape: `{ "error": { code, message, fix } }`. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendError)
  app.setNotFoundHandler((request, reply) => {
    const message = `Nothing answers ${request.method} ${request.url}.`
    const fix = 'Use POST /orders, GET /orders, GET /orders/:id, GET /orders/export or GET /events.'
    return sendError(new RequestError(404, 'NOT_FOUND', message, fix), request, reply)
  })
}

/** Answers with an error; what the client cannot mend is logged and told to nobody. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode, code, message, fix } = translateError(error)
  if (statusCode >= 500) request.log.error({ err: error }, 'request failed')
  if (statusCode === 503) reply.header('retry-after', '1')
  return reply.status(statusCode).send({ error: { code, message, fix } })
}
