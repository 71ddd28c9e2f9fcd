import { PROBE_KINDS, type ProbeKind } from '../checks/check.ts'
import type { ProbePaths } from './probe.ts'

/** Where probes answer when nothing is said: the names that the kube-apiserver uses, and one for startup. */
export const PROBE_PATHS = {
  liveness: '/livez',
  readiness: '/readyz',
  startup: '/startupz',
} as const satisfies Required<ProbePaths>

/** What a probe's address asks. */
export interface ParsedProbeUrl {
  readonly kind: ProbeKind
  /** The one check it asks for, as in `/readyz/db`. */
  readonly check?: string
  readonly verbose: boolean
  readonly exclude: readonly string[]
}

/** Reads a path with its query; `undefined` when it is no probe's. */
export function parseProbeUrl(url: string, paths: ProbePaths = {}): ParsedProbeUrl | undefined {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  let found: { readonly kind: ProbeKind; readonly base: string } | undefined
  for (const kind of PROBE_KINDS) {
    const base = paths[kind] ?? PROBE_PATHS[kind]
    if (base === false || (path !== base && !path.startsWith(`${base}/`))) continue
    // The longest wins: `/health/ready` is a probe of its own, and no check of `/health`.
    if (!found || base.length > found.base.length) found = { kind, base }
  }
  if (!found) return undefined
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
  const check = decode(path.slice(found.base.length + 1))
  return {
    kind: found.kind,
    ...(check === '' ? {} : { check }),
    verbose: query.has('verbose'),
    exclude: [...new Set(query.getAll('exclude'))],
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
