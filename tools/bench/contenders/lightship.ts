import { createHttpTerminator } from 'http-terminator'
import { createLightship } from 'lightship'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** `lightship`: it leaves the server to the user, and http-terminator is by the same author. */
export const contender: Contender = {
  name: 'lightship',
  packages: ['lightship'],
  setups: [
    {
      name: 'defaults',
      quote: 'lightship.registerShutdownHandler(() => { server.close() })',
      async start({ port }) {
        const server = createHttpServer()
        const lightship = await createLightship()
        lightship.registerShutdownHandler(() => void server.close())
        server.listen(port, () => lightship.signalReady())
      },
    },
    {
      name: 'best',
      quote:
        'createLightship({ shutdownDelay: 5000, shutdownHandlerTimeout: 20000 }); registerShutdownHandler(() => terminator.terminate()) with http-terminator at gracefulTerminationTimeout: 20000',
      async start({ port, lameDuckMs }) {
        const server = createHttpServer()
        const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: 20_000 })
        const lightship = await createLightship({ shutdownDelay: lameDuckMs, shutdownHandlerTimeout: 20_000 })
        lightship.registerShutdownHandler(() => terminator.terminate())
        server.listen(port, () => lightship.signalReady())
      },
    },
  ],
}
