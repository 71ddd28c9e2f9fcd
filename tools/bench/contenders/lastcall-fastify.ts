import lastcall from '@lastcall/fastify'
import Fastify from 'fastify'
import { addRoutes } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** Ours, on Fastify. */
export const contender: Contender = {
  name: '@lastcall/fastify',
  packages: ['@lastcall/core', '@lastcall/http', '@lastcall/fastify'],
  setups: [
    {
      name: 'defaults',
      quote: 'await app.register(lastcall)',
      async start({ port }) {
        const app = Fastify()
        await app.register(lastcall)
        addRoutes(app)
        await app.listen({ port })
      },
    },
  ],
}
