import {
  answerProbe,
  type Lifecycle,
  PROBE_PATHS,
  type ProbeAnswer,
  type ProbeKind,
  type ProbePaths,
} from '@lastcall/core'

const KINDS = Object.keys(PROBE_PATHS) as ProbeKind[]

/** Where an adapter answers probes: what the options of each have in common. */
export interface ProbeOptions {
  /** `false`: nowhere. @default { liveness: '/livez', readiness: '/readyz', startup: '/startupz' } */
  readonly probes?: ProbePaths | false
}

/** What is asked of a request: its headers only when it asks for a probe. */
export interface ProbeResponderRequest {
  readonly method?: string | undefined
  /** Path and query. */
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Gives the answer to a request as data, for an adapter to translate; `undefined` when it asks for no probe. */
export type ProbeResponder = (request: ProbeResponderRequest) => ProbeAnswer | undefined

/** For adapter authors: makes what answers the probes of a lifecycle among other requests. */
export function createProbeResponder(lifecycle: Lifecycle, probes: ProbePaths | false = {}): ProbeResponder {
  if (probes === false) return () => undefined
  const paths = probes
  const bases = KINDS.map((kind) => paths[kind] ?? PROBE_PATHS[kind]).filter((path) => path !== false)

  /** Every request comes by here: most are told apart before anything is made for them, Node's headers too. */
  function isElsewhere(url: string): boolean {
    for (const base of bases) {
      const last = base.length - 1
      if (url.charCodeAt(last) === base.charCodeAt(last) && url.startsWith(base)) return false
    }
    return true
  }

  return (request) => {
    const { url = '' } = request
    if (isElsewhere(url)) return undefined
    const { method = '', headers } = request
    const { clock, options } = lifecycle
    return answerProbe(
      lifecycle.snapshot(),
      { method, url, headers },
      { now: clock.now(), paths, details: options.details },
    )
  }
}
