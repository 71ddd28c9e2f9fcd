import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpTerminator } from 'http-terminator'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `http-terminator`: it stops a server; signals, the exit and the lame duck are the user's. */
export const contender: Contender = {
  name: 'http-terminator',
  packages: ['http-terminator'],
  setups: [
    {
      name: 'defaults',
      quote: "createHttpTerminator({ server }); process.on('SIGTERM', () => terminator.terminate())",
      start({ port }) {
        const server = createHttpServer()
        const terminator = createHttpTerminator({ server })
        server.listen(port)
        process.on('SIGTERM', () => void terminator.terminate())
      },
    },
    {
      name: 'best',
      quote:
        "createHttpTerminator({ server, gracefulTerminationTimeout: 20000 }); process.on('SIGTERM', async () => { await sleep(5000); await terminator.terminate() })",
      start({ port, lameDuckMs }) {
        const server = createHttpServer()
        const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: 20_000 })
        server.listen(port)
        process.on('SIGTERM', async () => {
          await sleep(lameDuckMs)
          await terminator.terminate()
        })
      },
    },
  ],
  wrap: (server) => void createHttpTerminator({ server }),
}
