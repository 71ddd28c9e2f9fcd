import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import fastifyGracefulShutdown from 'fastify-graceful-shutdown'
import { addRoutes } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `fastify-graceful-shutdown`. */
export const contender: Contender = {
  name: 'fastify-graceful-shutdown',
  packages: ['fastify-graceful-shutdown'],
  setups: [
    {
      name: 'defaults',
      quote: 'app.register(fastifyGracefulShutdown)',
      async start({ port }) {
        const app = Fastify()
        await app.register(fastifyGracefulShutdown)
        addRoutes(app)
        await app.listen({ port })
      },
    },
    {
      name: 'best',
      quote:
        "app.register(fastifyGracefulShutdown, { timeout: 25000 }); app.gracefulShutdown(() => sleep(5000)) with Fastify({ forceCloseConnections: 'idle', return503OnClosing: false })",
      async start({ port, lameDuckMs }) {
        const app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false })
        await app.register(fastifyGracefulShutdown, { timeout: 25_000 })
        app.after(() => app.gracefulShutdown(() => sleep(lameDuckMs)))
        addRoutes(app)
        await app.listen({ port })
      },
    },
  ],
}
