import { PROBE_PATHS, type ProbeKind, type ProbePaths } from '@lastcall/core'

const KINDS = Object.keys(PROBE_PATHS) as ProbeKind[]

/** Whether a request may ask for a probe, by its path and query; when `false`, it does not. */
export type ProbeFilter = (url: string | undefined) => boolean

/**
 * Makes what tells probes from the other requests before anything is made for these. Every request comes by here, so
 * one number stands for the initials of all paths: comparing with each would fetch each from memory.
 */
export function createProbeFilter(probes: ProbePaths | false): ProbeFilter {
  if (probes === false) return () => false
  const paths = KINDS.map((kind) => probes[kind] ?? PROBE_PATHS[kind]).filter((path) => path !== false)
  const initials = paths.reduce((bits, path) => bits | (path === '/' ? -1 : initialOf(path)), 0)

  return (url = '') => (initials & initialOf(url)) !== 0 && paths.some((path) => url.startsWith(path))
}

/** The first character after the slash, as one of 32 bits, which some share. */
function initialOf(path: string): number {
  return 1 << path.charCodeAt(1)
}
