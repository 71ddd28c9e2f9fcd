import { setTimeout as sleep } from 'node:timers/promises'
import stoppable from 'stoppable'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `stoppable`: it stops a server; signals and the lame duck are the user's. */
export const contender: Contender = {
  name: 'stoppable',
  packages: ['stoppable'],
  setups: [
    {
      name: 'defaults',
      quote: "stoppable(server); process.on('SIGTERM', () => server.stop())",
      start({ port }) {
        const server = stoppable(createHttpServer())
        server.listen(port)
        process.on('SIGTERM', () => server.stop())
      },
    },
    {
      name: 'best',
      quote: "stoppable(server, 20000); process.on('SIGTERM', async () => { await sleep(5000); server.stop() })",
      start({ port, lameDuckMs }) {
        const server = stoppable(createHttpServer(), 20_000)
        server.listen(port)
        process.on('SIGTERM', async () => {
          await sleep(lameDuckMs)
          server.stop()
        })
      },
    },
  ],
  wrap: (server) => void stoppable(server),
}
