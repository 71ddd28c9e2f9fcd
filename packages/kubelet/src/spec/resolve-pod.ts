import type { PodSpec, ResolvedPod } from './pod-spec.ts'

/**
 * Fills in the defaults of a pod and checks what the API server checks. `gracePeriodSeconds` is what holds where the
 * pod says nothing. @default 30. Throws `LASTCALL_INVALID_SPEC`, with the field and what to change.
 */
export function resolvePod(spec: PodSpec, gracePeriodSeconds = 30): ResolvedPod {
  throw new Error(`todo ${String(spec)} ${gracePeriodSeconds}`)
}
