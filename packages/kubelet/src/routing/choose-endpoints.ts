import type { EndpointConditions } from './endpoint-conditions.ts'

/**
 * The first set of these that is not empty (KEP-1669): endpoints that are ready and not terminating; with `fallback`,
 * those that are serving and terminating.
 */
export function chooseEndpoints(
  endpoints: ReadonlyMap<string, EndpointConditions>,
  fallback: boolean,
): readonly string[] {
  const where = (holds: (endpoint: EndpointConditions) => boolean) =>
    [...endpoints].filter(([, endpoint]) => holds(endpoint)).map(([pod]) => pod)
  const ready = where((one) => one.ready && !one.terminating)
  return ready.length > 0 || !fallback ? ready : where((one) => one.serving && one.terminating)
}
