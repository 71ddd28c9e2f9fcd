import type { FastifyReply } from 'fastify'

/**
 * Aborts when the response is over, also because its client has gone. Fastify's own `request.signal` follows the
 * request, which is over as soon as its body has been read.
 */
export function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort())
  return controller.signal
}
