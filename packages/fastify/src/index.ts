import type { Lifecycle } from '@lastcall/core'

declare module 'fastify' {
  interface FastifyInstance {
    /** The lifecycle that `@lastcall/fastify` was registered with, or the one it made. */
    readonly lifecycle: Lifecycle
  }
}

export { lastcall, type LastcallOptions } from './lastcall.ts'
export type { ProbeRouteOptions } from './probe-routes.ts'

// Fastify's loaders (`register(import('…'))`, @fastify/autoload) look for the default export.
// eslint-disable-next-line no-restricted-exports
export { lastcall as default } from './lastcall.ts'
