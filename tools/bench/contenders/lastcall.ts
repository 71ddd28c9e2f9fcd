import { createLifecycle } from '@lastcall/core'
import { attachServer } from '@lastcall/http'
import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** Ours, on `node:http`. */
export const contender: Contender = {
  name: '@lastcall/http',
  packages: ['@lastcall/core', '@lastcall/http'],
  setups: [
    {
      name: 'defaults',
      quote: 'createLifecycle(); attachServer(lifecycle, server)',
      async start({ port }) {
        const lifecycle = createLifecycle()
        const server = createHttpServer()
        attachServer(lifecycle, server)
        server.listen(port)
        await lifecycle.start()
      },
    },
  ],
  async wrap(server) {
    const lifecycle = createLifecycle({ signals: false, exit: false })
    attachServer(lifecycle, server)
    await lifecycle.start()
  },
}
