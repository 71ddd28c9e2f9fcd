import type { FastifyInstance } from 'fastify'
import { rootOf } from './root-of.ts'

type Server = FastifyInstance['server']

/** Every server that Fastify has bound: for `localhost` that is one for each of its addresses. */
export function serversOf(app: FastifyInstance): readonly Server[] {
  // Fastify tells the addresses of the servers it adds, but keeps the servers to itself.
  const root = rootOf(app) as unknown as { readonly server: Server; readonly [key: symbol]: readonly Server[] }
  const key = Object.getOwnPropertySymbols(root).find(({ description }) => description === 'fastify.serverBindings')
  return [root.server, ...((key && root[key]) ?? [])]
}
