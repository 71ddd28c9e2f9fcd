/** What a person needs to know of a service that has started. */
export interface BannerFacts {
  readonly host: string
  readonly port: number
  /** The port that the probes have for themselves. */
  readonly probePort: number | undefined
  readonly database: string
  readonly pid: number
}

const ORDER = '{"customer":"Ada","items":[{"sku":"tea","quantity":2,"priceCents":450}]}'

/** Where the service is, how to send it something, and how to stop it. */
export function formatBanner({ host, port, probePort, database, pid }: BannerFacts): string {
  const url = formatUrl(host, port)
  return `
The orders service is ready on ${url}, with ${database}.
It listens on ${host}, and is process ${pid}.

  Open its page     ${url}/
  Send an order     curl ${url}/orders -H 'content-type: application/json' -d '${ORDER}'
  See the orders    curl ${url}/orders
  Watch the events  curl -N ${url}/events
  Ask the probes    curl '${formatUrl(host, probePort ?? port)}/readyz?verbose'   (or /livez, /startupz)
  Stop it           Ctrl-C here, or: kill -TERM ${pid}
`
}

/** The address as a person on this machine types it: nobody calls "all addresses". */
function formatUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
