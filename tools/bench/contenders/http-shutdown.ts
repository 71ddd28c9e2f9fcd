import { setTimeout as sleep } from 'node:timers/promises'
import httpShutdown from 'http-shutdown'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `http-shutdown`: it stops a server; signals and the lame duck are the user's. */
export const contender: Contender = {
  name: 'http-shutdown',
  packages: ['http-shutdown'],
  setups: [
    {
      name: 'defaults',
      quote: "httpShutdown(server); process.on('SIGTERM', () => server.shutdown())",
      start({ port }) {
        const server = httpShutdown(createHttpServer())
        server.listen(port)
        process.on('SIGTERM', () => server.shutdown(() => {}))
      },
    },
    {
      name: 'best',
      quote: "httpShutdown(server); process.on('SIGTERM', async () => { await sleep(5000); server.shutdown() })",
      start({ port, lameDuckMs }) {
        const server = httpShutdown(createHttpServer())
        server.listen(port)
        process.on('SIGTERM', async () => {
          await sleep(lameDuckMs)
          server.shutdown(() => {})
        })
      },
    },
  ],
  wrap: (server) => void httpShutdown(server),
}
