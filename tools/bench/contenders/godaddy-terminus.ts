import { setTimeout as sleep } from 'node:timers/promises'
import { createTerminus } from '@godaddy/terminus'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

const healthChecks = { '/healthcheck': async () => {} }

/** `@godaddy/terminus`. */
export const contender: Contender = {
  name: '@godaddy/terminus',
  packages: ['@godaddy/terminus'],
  setups: [
    {
      name: 'defaults',
      quote: 'createTerminus(server, { healthChecks })',
      start({ port }) {
        const server = createHttpServer()
        createTerminus(server, { healthChecks })
        server.listen(port)
      },
    },
    {
      name: 'best',
      quote:
        'createTerminus(server, { healthChecks, beforeShutdown: () => sleep(5000), timeout: 20000, useExit0: true })',
      start({ port, lameDuckMs }) {
        const server = createHttpServer()
        const beforeShutdown = (): Promise<void> => sleep(lameDuckMs)
        createTerminus(server, { healthChecks, beforeShutdown, timeout: 20_000, useExit0: true })
        server.listen(port)
      },
    },
  ],
  wrap: (server) => void createTerminus(server, { healthChecks, signals: [] }),
}
