import { type Lifecycle, PRESETS, type PlatformPreset } from '@lastcall/core'
import type { AttachableServer } from './attachable-server.ts'

/** How much longer than the load balancer Node should keep an idle connection, in milliseconds. */
const MARGIN_MS = 5000

/** Node's headersTimeout also ends a connection that a load balancer opens ahead: a little longer still. */
const HEADERS_MARGIN_MS = 1000

/**
 * Warns with `LASTCALL_KEEP_ALIVE_RACE` when Node closes idle connections before the platform's load balancer does:
 * the balancer then sends a request on a connection that Node has just closed, and answers 502.
 */
export function warnOfKeepAliveRace(lifecycle: Lifecycle, server: AttachableServer): void {
  const { platform } = lifecycle.options
  const { idleTimeoutMs }: PlatformPreset = PRESETS[platform]
  // HTTP/2 alone has neither timeout; 0 turns either off.
  const { keepAliveTimeout = 0, headersTimeout = 0 } = server as { keepAliveTimeout?: number; headersTimeout?: number }
  if (idleTimeoutMs === undefined || keepAliveTimeout === 0 || keepAliveTimeout > idleTimeoutMs) return
  const keepAliveMs = idleTimeoutMs + MARGIN_MS
  const headersMs = keepAliveMs + HEADERS_MARGIN_MS
  const headersFix =
    headersTimeout > 0 && headersTimeout <= keepAliveMs ? ` and server.headersTimeout = ${headersMs}` : ''
  lifecycle.warn(
    'LASTCALL_KEEP_ALIVE_RACE',
    `The server's keepAliveTimeout of ${keepAliveTimeout} ms is not above the ${idleTimeoutMs} ms for which ${platform} ` +
      `reuses idle connections, so that requests meet closed connections (502): ` +
      `set server.keepAliveTimeout = ${keepAliveMs}${headersFix}.`,
  )
}
