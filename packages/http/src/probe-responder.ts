import { answerProbe, type Lifecycle, type ProbeAnswer, type ProbePaths } from '@lastcall/core'
import { createProbeFilter } from './probe-filter.ts'

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
  const mayAnswer = createProbeFilter(paths)

  return (request) => {
    const { url = '' } = request
    // Before anything is made for it, Node's headers too.
    if (!mayAnswer(url)) return undefined
    const { method = '', headers } = request
    const { clock, options } = lifecycle
    return answerProbe(
      lifecycle.snapshot(),
      { method, url, headers },
      { now: clock.now(), paths, details: options.details },
    )
  }
}
