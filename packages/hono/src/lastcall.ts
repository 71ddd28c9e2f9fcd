import type { Lifecycle } from '@lastcall/core'
import { createProbeResponder, type ProbeOptions, warnOfUnattachedServer } from '@lastcall/http'
import type { MiddlewareHandler } from 'hono'

declare module 'hono' {
  interface ContextVariableMap {
    /** The lifecycle that `@lastcall/hono` was used with. */
    readonly lifecycle: Lifecycle
  }
}

/** What @hono/node-server tells of a request; other runtimes and `app.request()` do not. */
interface NodeBindings {
  readonly incoming?: { readonly socket: object }
}

/** The path of a URL begins at the first slash from here on. */
const AFTER_SCHEME = 'https://'.length

/**
 * The middleware, to be used first: gives handlers `c.get('lifecycle')`, and answers the probes of requests that did not
 * come by an attached server, where they are answered before Hono.
 * Warns with `LASTCALL_NOT_ATTACHED` when requests come by a server of Node that no lifecycle drains.
 */
export function lastcall(lifecycle: Lifecycle, { probes }: ProbeOptions = {}): MiddlewareHandler {
  const respond = createProbeResponder(lifecycle, probes)

  return async (c, next) => {
    const { incoming }: NodeBindings = c.env ?? {}
    warnOfUnattachedServer(lifecycle, incoming?.socket)
    c.set('lifecycle', lifecycle)
    const { req } = c
    const answer = respond({
      method: req.method,
      url: req.url.slice(req.url.indexOf('/', AFTER_SCHEME)),
      get headers() {
        return req.header()
      },
    })
    if (answer) return new Response(answer.body, answer)
    await next()
  }
}
