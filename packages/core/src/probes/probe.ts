import type { CheckStatus, ProbeKind } from '../checks/check.ts'
import type { StateName } from '../state.ts'

/** One check within a probe's answer. */
export interface ProbeCheck {
  readonly name: string
  readonly status: CheckStatus
  readonly output?: string
  readonly data?: Readonly<Record<string, string | number | boolean>>
  readonly observedAt?: number
}

/** The answer to one probe, before it is rendered. */
export interface ProbeResult {
  readonly kind: ProbeKind
  readonly status: CheckStatus
  readonly state: StateName
  readonly checks: readonly ProbeCheck[]
}

/** What of an HTTP request a probe endpoint needs. */
export interface ProbeRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** The answer to a probe request, as data; an adapter only translates it. */
export interface ProbeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Where each probe answers. `false` turns one off. */
export interface ProbePaths {
  /** @default '/livez' */
  readonly liveness?: string | false
  /** @default '/readyz' */
  readonly readiness?: string | false
  /** @default '/startupz' */
  readonly startup?: string | false
}

/** Who sees the output and data of checks; the names and statuses are always shown by `?verbose`. */
export type Details = 'never' | 'always' | ((request: ProbeRequest) => boolean)
