import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpServer } from '../service/routes.ts'
import type { Contender, Setup } from './contender.ts'

/** Node by itself: `server.close()` at SIGTERM, as most guides have it. */
export const contender: Contender = {
  name: 'node, server.close()',
  packages: [],
  setups: [
    setup('defaults', "process.on('SIGTERM', () => server.close())"),
    setup('best', "process.on('SIGTERM', async () => { await sleep(5000); server.close() })"),
  ],
}

function setup(name: Setup['name'], quote: string): Setup {
  return {
    name,
    quote,
    start({ port, lameDuckMs }) {
      const server = createHttpServer().listen(port)
      process.on('SIGTERM', async () => {
        if (name === 'best') await sleep(lameDuckMs)
        server.close()
      })
    },
  }
}
