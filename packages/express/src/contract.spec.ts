import { describeAdapterContract } from '@lastcall/testing/contract'
import { pipeline } from 'node:stream/promises'
import { listen } from '../test/fixtures/listen.ts'
import { VERSIONS } from '../test/fixtures/versions.ts'
import { attachServer, lastcall } from './index.ts'

for (const { name, express } of VERSIONS) {
  describeAdapterContract(`@lastcall/express on ${name}`, async ({ lifecycle, routes, authorize }) => {
    const app = express()
    app.use(lastcall(lifecycle))
    app.use(({ headers }, response, next) => void (authorize(headers) ? next() : response.sendStatus(401)))
    for (const { path, answer } of routes) {
      app.get(path, async (_, response) => {
        const body = await answer()
        if (typeof body === 'string') response.send(body)
        else await pipeline(body, response)
      })
    }
    const { server, url } = await listen(app)
    attachServer(lifecycle, server)
    return { url }
  })
}
