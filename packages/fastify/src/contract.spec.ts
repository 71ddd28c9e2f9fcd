import { describeAdapterContract } from '@lastcall/testing/contract'
import Fastify from 'fastify'
import { lastcall } from './index.ts'

describeAdapterContract('@lastcall/fastify', async ({ lifecycle, routes, authorize }) => {
  const app = Fastify()
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (!authorize(headers)) await reply.code(401).send()
  })
  await app.register(lastcall, { lifecycle })
  for (const { path, answer } of routes) app.get(path, answer)
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() }
})
