import Fastify, { type FastifyInstance } from 'fastify'
import type { LogLevel } from './config.ts'
import { handleErrors, sendError } from './errors/handle-errors.ts'
import { registerEventRoutes } from './events/event-routes.ts'
import { type OrderRoutesOptions, registerOrderRoutes } from './orders/order-routes.ts'

const MAX_BODY_BYTES = 64 * 1024

/**
 * Makes the Fastify instance: only JSON is read, nothing in a body is converted or dropped in silence.
 * It logs to stderr, because stdout speaks to people.
 */
export function createApp(logLevel: LogLevel): FastifyInstance {
  const app = Fastify({
    logger: { level: logLevel, stream: process.stderr },
    bodyLimit: MAX_BODY_BYTES,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    frameworkErrors: sendError,
  })
  app.removeContentTypeParser('text/plain')
  handleErrors(app)
  return app
}

/** Adds everything that the service answers. */
export function registerRoutes(app: FastifyInstance, options: OrderRoutesOptions): void {
  registerOrderRoutes(app, options)
  registerEventRoutes(app, options.feed)
}
