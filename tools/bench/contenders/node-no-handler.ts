import { createHttpServer } from '../service/routes.ts'
import type { Contender } from './contender.ts'

/** Node with no handler for SIGTERM: the signal ends the process at once. */
export const contender: Contender = {
  name: 'node, no handler',
  packages: [],
  setups: [{ name: 'defaults', quote: 'nothing', start: ({ port }) => void createHttpServer().listen(port) }],
}
