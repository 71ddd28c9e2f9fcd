import type { Lifecycle } from '@lastcall/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import type { Config } from '../config.ts'
import { RequestError } from '../errors/request-error.ts'
import { isFromPage, mayStop } from './may-stop.ts'
import { readPageFiles } from './page-files.ts'

/** What the routes need. */
export interface PageRoutesOptions {
  readonly lifecycle: Pick<Lifecycle, 'shutdown'>
  readonly stopPolicy: Config['pageStop']
  /** The port that the live stream has for itself. */
  readonly livePort: () => number | undefined
  /** Answers with a live stream. */
  readonly open: (response: ServerResponse) => void
}

/** `GET /`, the files under `/page/`, `GET /live`, and `POST /page/stop`, which does what a signal does. */
export function registerPageRoutes(app: FastifyInstance, options: PageRoutesOptions): void {
  const { lifecycle, stopPolicy, livePort, open } = options
  const files = readPageFiles()
  const isAllowed = ({ headers, socket }: FastifyRequest) =>
    mayStop(stopPolicy, { headers, address: socket.remoteAddress })

  app.get('/', (request, reply) => {
    const port = livePort()
    const html = files.get('index.html')?.body ?? ''
    return reply
      .headers(securityHeaders(request.headers.host, port))
      .type('text/html; charset=utf-8')
      .send(html.replace('{{livePort}}', String(port ?? '')).replace('{{mayStop}}', String(isAllowed(request))))
  })

  app.get<{ Params: { name: string } }>('/page/:name', (request, reply) => {
    const file = files.get(request.params.name)
    if (file === undefined) return reply.callNotFound()
    return reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type(file.type)
      .send(file.body)
  })

  // Without a HEAD twin: it would never answer.
  app.get('/live', { exposeHeadRoute: false }, (_request, reply) => {
    reply.hijack()
    open(reply.raw)
  })

  app.post('/page/stop', (request, reply) => {
    if (!isFromPage(request.headers) || !isAllowed(request)) {
      throw new RequestError(
        403,
        'STOP_NOT_ALLOWED',
        'This client may not stop the service.',
        'Open the page on the machine that it runs on, or start it with PAGE_STOP=always.',
      )
    }
    void lifecycle.shutdown('the stop button')
    return reply.code(202).send({ stopping: true })
  })
}

/** Nothing but the page's own files runs on it, and it speaks to this service alone. */
function securityHeaders(host = '', livePort: number | undefined): Record<string, string> {
  const hostname = /^([\w.-]+)(:\d+)?$/.exec(host)?.[1]
  const live = hostname !== undefined && livePort !== undefined ? ` http://${hostname}:${livePort}` : ''
  return {
    'cache-control': 'no-store',
    'content-security-policy':
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'${live}; ` +
      `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
