import type { ProbeKind } from '@lastcall/core'
import type { ContainerSpec } from './pod-spec.ts'
import type { ProbeSpec, ResolvedProbe } from './probe-spec.ts'

/**
 * Fills in the defaults of a probe and checks what the API server checks. `ports` are the container's, for ports
 * that are named. Throws `LASTCALL_INVALID_SPEC`, with the field and what to change.
 */
export function resolveProbe(spec: ProbeSpec, kind: ProbeKind, ports?: ContainerSpec['ports']): ResolvedProbe {
  throw new Error(`todo ${kind} ${String(spec)} ${String(ports)}`)
}
