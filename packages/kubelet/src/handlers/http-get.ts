import { request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ProbeTarget } from '../probes/probe-outcome.ts'
import type { ResolvedHttpGet } from '../spec/probe-spec.ts'
import { addressOf } from './address-of.ts'
import { type ActionHeaders, type Asker, resolveHeaders } from './resolve-headers.ts'

const MOST_REQUESTS = 10
const REDIRECTS = [301, 302, 303, 307, 308]

/** The address that an `httpGet` asks. */
export function urlOf(action: ResolvedHttpGet, target: ProbeTarget): string {
  const { scheme, path } = action
  return `${scheme.toLowerCase()}://${addressOf(action, target).authority}${path.startsWith('/') ? '' : '/'}${path}`
}

/**
 * Sends a GET on a connection of its own and follows redirects as long as the host name stays the same. Gives the last
 * answer once its headers are there. Rejects when that fails, and after ten redirects.
 */
export async function httpGet(
  address: string,
  { httpHeaders }: ResolvedHttpGet,
  asker: Asker,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const first = new URL(address)
  let url = first
  let headers = resolveHeaders(httpHeaders, asker)
  for (let sent = 1; ; sent++) {
    const response = await getOnce(url, headers, signal)
    const { location } = response.headers
    if (!REDIRECTS.includes(response.statusCode ?? 0) || location === undefined) return response
    const next = new URL(location, url)
    if (next.hostname !== first.hostname) return response
    response.destroy()
    if (sent === MOST_REQUESTS) throw new Error(`stopped after ${MOST_REQUESTS} redirects`)
    // A `Host` of one's own is kept where the location says nothing about the host.
    if (URL.canParse(location)) headers = { ...headers, host: undefined }
    url = next
  }
}

function getOnce(url: URL, { host, others }: ActionHeaders, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  if (!secure && url.protocol !== 'http:') throw new Error(`unsupported protocol scheme "${url.protocol.slice(0, -1)}"`)
  const port = url.port || (secure ? '443' : '80')
  const headers: OutgoingHttpHeaders = { Host: host ?? `${url.hostname}:${port}`, ...others }
  return new Promise((resolve, reject) => {
    // Without an agent the connection is used once, and says so.
    const options = { agent: false, headers, signal, rejectUnauthorized: false }
    const request = secure ? requestHttps(url, options) : requestHttp(url, options)
    request.on('response', resolve)
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error))
    request.end()
  })
}
