import type { Lifecycle } from '@lastcall/core'
import { createProbeResponder, type ProbeOptions, warnOfUnattachedServer } from '@lastcall/http'
import type { Middleware } from 'koa'

declare module 'koa' {
  interface DefaultState {
    /** The lifecycle that `@lastcall/koa` was used with. */
    readonly lifecycle: Lifecycle
  }
}

/**
 * The middleware, to be used first: gives those behind it `ctx.state.lifecycle`, and answers the probes of requests that
 * did not come by an attached server, where they are answered before Koa.
 * Warns with `LASTCALL_NOT_ATTACHED` when requests come by a server that no lifecycle drains.
 */
export function lastcall(lifecycle: Lifecycle, { probes }: ProbeOptions = {}): Middleware {
  const respond = createProbeResponder(lifecycle, probes)

  return (ctx, next) => {
    warnOfUnattachedServer(lifecycle, ctx.socket)
    Object.assign(ctx.state, { lifecycle })
    const answer = respond(ctx)
    if (!answer) return next()
    ctx.status = answer.status
    ctx.set(answer.headers)
    ctx.body = answer.body
  }
}
