import type { Lifecycle } from '@lastcall/core'
import { isAttached } from './mark-attached.ts'

/**
 * For adapter authors: warns with `LASTCALL_NOT_ATTACHED` when a request came by the socket of a server that no
 * lifecycle drains, while the lifecycle runs. A request that came by no server, as tests inject them, is fine.
 */
export function warnOfUnattachedServer(lifecycle: Lifecycle, socket: object | null | undefined): void {
  if (lifecycle.state.name !== 'running') return
  // Node sets it to the server that parses the requests, on connections too that another server handed over.
  const { server } = (socket ?? {}) as { readonly server?: object }
  if (!server || isAttached(server)) return
  lifecycle.warn(
    'LASTCALL_NOT_ATTACHED',
    'A request came by a server that no lifecycle drains, so that a shutdown will cut what is in flight on it: ' +
      'call attachServer(lifecycle, server) with the server that listens.',
  )
}
