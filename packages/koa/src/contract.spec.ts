import { describeAdapterContract } from '@lastcall/testing/contract'
import { listen } from '../test/fixtures/listen.ts'
import { VERSIONS } from '../test/fixtures/versions.ts'
import { attachServer, lastcall } from './index.ts'

for (const { name, Koa } of VERSIONS) {
  describeAdapterContract(`@lastcall/koa on ${name}`, async ({ lifecycle, routes, authorize }) => {
    const app = new Koa()
    app.silent = true // The contract cuts a response, which Koa would print.
    app.use(lastcall(lifecycle))
    app.use((ctx, next) => (authorize(ctx.headers) ? next() : void (ctx.status = 401)))
    app.use(async (ctx) => {
      const route = routes.find(({ path }) => path === ctx.path)
      if (route) ctx.body = await route.answer()
    })
    const { server, url } = await listen(app)
    attachServer(lifecycle, server)
    return { url }
  })
}
