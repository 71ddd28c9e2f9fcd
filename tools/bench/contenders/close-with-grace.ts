import { setTimeout as sleep } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import Fastify from 'fastify'
import { addRoutes } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `close-with-grace` around Fastify, as its README has it. */
export const contender: Contender = {
  name: 'close-with-grace',
  packages: ['close-with-grace'],
  setups: [
    {
      name: 'defaults',
      quote: 'closeWithGrace(() => app.close())',
      async start({ port }) {
        const app = Fastify()
        addRoutes(app)
        closeWithGrace(async () => app.close())
        await app.listen({ port })
      },
    },
    {
      name: 'best',
      quote:
        "closeWithGrace({ delay: 25000 }, async () => { await sleep(5000); await app.close() }) with Fastify({ forceCloseConnections: 'idle', return503OnClosing: false })",
      async start({ port, lameDuckMs }) {
        const app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false })
        addRoutes(app)
        closeWithGrace({ delay: 25_000 }, async () => {
          await sleep(lameDuckMs)
          await app.close()
        })
        await app.listen({ port })
      },
    },
  ],
}
