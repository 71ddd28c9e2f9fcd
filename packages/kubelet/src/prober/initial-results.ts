import type { ProbeKind } from '@lastcall/core'
import type { ProbeResult } from './prober.ts'

/** What a prober stands at before its first result. */
export const INITIAL_RESULTS: Readonly<Record<ProbeKind, ProbeResult>> = {
  readiness: 'failure',
  liveness: 'success',
  startup: 'unknown',
}
