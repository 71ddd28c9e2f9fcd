import type { ProbeKind } from '../checks/check.ts'
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

const KINDS = Object.keys(PROBE_PATHS) as ProbeKind[]

/** Reads a path with its query; `undefined` when it is no probe's. */
export function parseProbeUrl(url: string, paths: ProbePaths = {}): ParsedProbeUrl | undefined {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  for (const kind of KINDS) {
    const base = paths[kind] ?? PROBE_PATHS[kind]
    if (base === false || !path.startsWith(base)) continue
    const rest = path.slice(base.length)
    if (rest !== '' && !rest.startsWith('/')) continue
    const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
    const check = decode(rest.slice(1))
    return {
      kind,
      ...(check === '' ? {} : { check }),
      verbose: query.has('verbose'),
      exclude: query.getAll('exclude'),
    }
  }
  return undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
