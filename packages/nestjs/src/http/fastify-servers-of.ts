import type { AttachableServer } from '@lastcall/http'

/** What of a Fastify instance is needed here. */
export interface FastifyLike {
  addHook(name: 'onListen', hook: (done: () => void) => void): unknown
  readonly [key: symbol]: readonly AttachableServer[]
}

/** The servers that Fastify has bound besides its own: for `localhost`, its default, one for each further address. */
export function fastifyServersOf(fastify: FastifyLike): readonly AttachableServer[] {
  // Fastify tells the addresses of the servers it adds, but keeps the servers to itself.
  const key = Object.getOwnPropertySymbols(fastify).find(({ description }) => description === 'fastify.serverBindings')
  return (key && fastify[key]) ?? []
}
