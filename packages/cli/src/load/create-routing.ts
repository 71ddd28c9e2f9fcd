import type { Endpoint } from './load-plan.ts'

/** How many places route; they learn of a change at different times where there is a spread. */
const PROXIES = 5

/** Where new connections may go. */
export interface Routing {
  add(endpoint: Endpoint): void
  /** The platform began at `fromMs` to stop routing there: over after `propagationMs`, give or take `spreadMs`. */
  remove(name: string, fromMs: number, propagationMs: number, spreadMs: number): void
  /** An endpoint for a new connection at this time, each in turn; `undefined` where the platform routes to none. */
  pick(atMs: number): Endpoint | undefined
  /** The address of an endpoint that was added. */
  urlOf(name: string): string
  /** When the last place stops to route there; `Infinity` while no end is known. */
  endsAt(name: string): number
}

/** Models places that route, such as kube-proxy on each node: one after the other learns that an endpoint has gone. */
export function createRouting(endpoints: readonly Endpoint[]): Routing {
  const routed = endpoints.map(route)
  let turn = 0

  const find = (name: string) => routed.find(({ endpoint }) => endpoint.name === name)

  return {
    add: (endpoint) => void routed.push(route(endpoint)),
    remove(name, fromMs, propagationMs, spreadMs) {
      const found = find(name)
      found?.endsAt.forEach((_, proxy) => {
        const share = (2 * proxy) / (PROXIES - 1) - 1
        found.endsAt[proxy] = fromMs + Math.max(0, propagationMs + share * spreadMs)
      })
    },
    pick(atMs) {
      const proxy = turn++ % PROXIES
      const open = routed.filter(({ endsAt }) => atMs < (endsAt[proxy] ?? 0))
      return open[Math.floor(turn / PROXIES) % Math.max(open.length, 1)]?.endpoint
    },
    urlOf: (name) => find(name)?.endpoint.url ?? '',
    endsAt: (name) => Math.max(...(find(name)?.endsAt ?? [-Infinity])),
  }
}

function route(endpoint: Endpoint) {
  return { endpoint, endsAt: Array<number>(PROXIES).fill(Infinity) }
}
