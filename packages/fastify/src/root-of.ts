import type { FastifyInstance } from 'fastify'

/** The instance that `fastify()` returned: encapsulated ones inherit from it. */
export function rootOf(app: FastifyInstance): FastifyInstance {
  let root = app
  while (!Object.hasOwn(root, 'server')) root = Object.getPrototypeOf(root) as FastifyInstance
  return root
}
