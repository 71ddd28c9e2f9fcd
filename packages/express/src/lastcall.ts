import type { Lifecycle } from '@lastcall/core'
import { createProbeResponder, type ProbeOptions, warnOfUnattachedServer, writeProbeAnswer } from '@lastcall/http'
import type { IncomingMessage, ServerResponse } from 'node:http'

declare global {
  // Where the types of Express, of both majors, take what middleware adds.
  namespace Express {
    interface Request {
      /** The lifecycle that `@lastcall/express` was used with. */
      readonly lifecycle: Lifecycle
    }
  }
}

/** Middleware as Express takes it, typed without Express: so it suits either major and its types. */
export type LastcallMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/**
 * The middleware, to be used first: gives handlers `request.lifecycle`, and answers the probes of requests that did not
 * come by an attached server, where they are answered before Express. Mounted on a path, it answers below that path.
 * Warns with `LASTCALL_NOT_ATTACHED` when requests come by a server that no lifecycle drains.
 */
export function lastcall(lifecycle: Lifecycle, { probes }: ProbeOptions = {}): LastcallMiddleware {
  const respond = createProbeResponder(lifecycle, probes)

  return (request, response, next) => {
    warnOfUnattachedServer(lifecycle, request.socket)
    Object.assign(request, { lifecycle })
    const answer = respond(request)
    if (answer) writeProbeAnswer(response, answer)
    else next()
  }
}
