import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../config.ts'

/** What of a request decides whether it may stop the service. */
export interface StopRequest {
  readonly headers: IncomingHttpHeaders
  /** Where its connection comes from. */
  readonly address: string | undefined
}

/**
 * Whether the button that stops the service is there for this client. With `local` only for one on this machine that
 * calls it by a name of this machine: a proxy on this machine, or a foreign name that was pointed here, is not meant.
 */
export function mayStop(policy: Config['pageStop'], { headers, address = '' }: StopRequest): boolean {
  if (policy !== 'local') return policy === 'always'
  const isProxied = 'forwarded' in headers || 'x-forwarded-for' in headers
  return !isProxied && isLoopback(address) && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '')
}

/** Whether the page itself asks, and not another site that this browser has open. */
export function isFromPage({ origin = '', host }: IncomingHttpHeaders): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === '::1'
}
