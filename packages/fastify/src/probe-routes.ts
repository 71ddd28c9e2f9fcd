import { type Lifecycle, PROBE_PATHS, type ProbeKind, type ProbePaths } from '@lastcall/core'
import { createProbeResponder, type ProbeOptions } from '@lastcall/http'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, LogLevel } from 'fastify'

/** Where and how the probes answer. */
export interface ProbeRouteOptions extends ProbeOptions {
  /** Log level of the probe routes. @default 'silent' */
  readonly logLevel?: LogLevel
}

/** What @fastify/swagger leaves out. */
const HIDDEN: FastifySchema & { readonly hide: true } = { hide: true }

/** Every path said, below the prefix of the instance that the plugin is registered on. */
export function resolvePaths(prefix: string, probes: ProbePaths | false = {}): Required<ProbePaths> {
  const pathOf = (kind: ProbeKind) => {
    const path = probes && (probes[kind] ?? PROBE_PATHS[kind])
    return path && prefix + path
  }
  return { liveness: pathOf('liveness'), readiness: pathOf('readiness'), startup: pathOf('startup') }
}

/**
 * Adds the probes as routes, hidden from OpenAPI: for `app.inject()`, and for requests that reach Fastify other than
 * through its own servers, where probes are answered before it.
 */
export function addProbeRoutes(
  app: FastifyInstance,
  lifecycle: Lifecycle,
  paths: Required<ProbePaths>,
  logLevel: LogLevel = 'silent',
): void {
  const respond = createProbeResponder(lifecycle, paths)
  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    const answer = respond(request)
    if (answer) void reply.code(answer.status).headers(answer.headers).send(answer.body)
    else reply.callNotFound()
  }
  for (const path of Object.values(paths)) {
    if (path === false) continue
    const own = path.slice(app.prefix.length)
    for (const url of [own, `${own}/*`]) {
      app.route({ method: ['GET', 'HEAD'], url, handler, logLevel, schema: HIDDEN })
    }
  }
}
