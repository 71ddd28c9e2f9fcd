import { describeAdapterContract } from '@lastcall/testing/contract'
import { Hono } from 'hono'
import { Readable } from 'node:stream'
import { listen } from '../test/fixtures/listen.ts'
import { VERSIONS } from '../test/fixtures/versions.ts'
import { attachServer, lastcall } from './index.ts'

for (const { name, serve } of VERSIONS) {
  describeAdapterContract(`@lastcall/hono on ${name}`, async ({ lifecycle, routes, authorize }) => {
    const app = new Hono()
    app.use(lastcall(lifecycle))
    app.use(async (c, next) => (authorize(c.req.header()) ? next() : c.body(null, 401)))
    for (const { path, answer } of routes) {
      app.get(path, async (c) => {
        const body = await answer()
        return typeof body === 'string' ? c.text(body) : c.body(Readable.toWeb(body) as ReadableStream)
      })
    }
    const { server, url } = await listen(app, serve)
    attachServer(lifecycle, server)
    return { url }
  })
}
