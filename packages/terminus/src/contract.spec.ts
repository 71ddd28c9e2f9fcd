import { describeAdapterContract } from '@lastcall/testing/contract'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { createTerminus } from './index.ts'

describeAdapterContract('@lastcall/terminus', async ({ lifecycle, routes, authorize }) => {
  const listener: RequestListener = async (request, response) => {
    if (!authorize(request.headers)) return response.writeHead(401).end()
    const route = routes.find(({ path }) => path === request.url)
    if (!route) return response.writeHead(404).end()
    return Readable.from(await route.answer()).pipe(response)
  }
  // Health checks of its own do not get in the way.
  const healthChecks = { '/healthcheck': async () => {} }
  const server = createTerminus(createServer(listener), { lifecycle, healthChecks })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
})
