import { setTimeout as sleep } from 'node:timers/promises'
import gracefulShutdown from 'http-graceful-shutdown'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `http-graceful-shutdown`. */
export const contender: Contender = {
  name: 'http-graceful-shutdown',
  packages: ['http-graceful-shutdown'],
  setups: [
    {
      name: 'defaults',
      quote: 'gracefulShutdown(server)',
      start: ({ port }) => void gracefulShutdown(createHttpServer().listen(port)),
    },
    {
      name: 'best',
      quote: 'gracefulShutdown(server, { preShutdown: () => sleep(5000), timeout: 20000 })',
      start({ port, lameDuckMs }) {
        gracefulShutdown(createHttpServer().listen(port), { preShutdown: () => sleep(lameDuckMs), timeout: 20_000 })
      },
    },
  ],
  wrap: (server) => void gracefulShutdown(server),
}
