import type { DrillPlan, ProbePlan } from '../drill/drill-plan.ts'
import { findListening } from './find-listening.ts'
import type { DrilledServer } from './start-server.ts'

/** What it listens on: the address that was given, or the given port, or else its lowest. */
export function locate(
  server: DrilledServer,
  plan: DrillPlan,
): { url: URL; pids: readonly number[]; given: boolean } | undefined {
  const listening = findListening(server.pid, server.knownSockets)
  const wanted = plan.url === undefined ? server.givenPort : portOf(new URL(plan.url))
  const found = listening?.find(({ port }) => port === wanted)
  const other = plan.url === undefined ? listening?.[0] : undefined
  // Where the system does not tell, it is asked whether it answers.
  if (listening && !found && !other) return undefined
  const { host = '127.0.0.1', port = wanted, pids = [] } = found ?? other ?? {}
  const url = new URL(plan.url ?? `http://${host}:${port}/`)
  return { url, pids, given: found !== undefined || !listening }
}

/** Where a probe is asked. */
export function probeUrl({ path, port }: ProbePlan, url: URL): URL {
  const probe = new URL(path, url)
  if (port !== undefined) probe.port = String(port)
  return probe
}

/** The port of an address. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}
