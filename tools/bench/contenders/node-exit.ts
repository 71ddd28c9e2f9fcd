import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** Node, gone at the signal: nobody ends sooner, so it shows what the machine itself takes. */
export const contender: Contender = {
  name: 'node, process.exit()',
  packages: [],
  setups: [
    {
      name: 'defaults',
      quote: "process.on('SIGTERM', () => process.exit())",
      start({ port }) {
        createHttpServer().listen(port)
        process.on('SIGTERM', () => process.exit())
      },
    },
  ],
}
