import type { Lifecycle, ProbePaths } from '@lastcall/core'
import { type AttachableServer, attachServer } from '@lastcall/http'
import type { NestApplication } from '@nestjs/core'
import { fastifyServersOf, type FastifyLike } from './fastify-servers-of.ts'

/**
 * Attaches the server of an application, which answers the probes before Nest does: before guards, interceptors and
 * the global prefix. `onListening` is called when it listens.
 */
export function attachHttp(
  lifecycle: Lifecycle,
  app: NestApplication,
  probes: ProbePaths | false = {},
  onListening: () => void,
): void {
  const server = app.getHttpServer() as AttachableServer
  attachServer(lifecycle, server, { probes })
  server.once('listening', onListening)

  const adapter = app.getHttpAdapter()
  if (adapter.getType() !== 'fastify') return
  const fastify = adapter.getInstance<FastifyLike>()
  fastify.addHook('onListen', (done) => {
    for (const other of fastifyServersOf(fastify)) attachServer(lifecycle, other, { probes })
    done()
  })
}
