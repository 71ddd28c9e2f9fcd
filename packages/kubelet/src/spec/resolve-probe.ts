import type { ProbeKind } from '@lastcall/core'
import type { ContainerSpec } from './pod-spec.ts'
import type { ProbeSpec, ResolvedProbe } from './probe-spec.ts'
import { checkWhole, createRefuse } from './refuse.ts'
import { resolveProbeHandler } from './resolve-handler.ts'

/**
 * Fills in the defaults of a probe and checks what the API server checks. `container` is where named ports are looked
 * up. Throws `LASTCALL_INVALID_SPEC`, with the field and what to change.
 */
export function resolveProbe(
  spec: ProbeSpec,
  kind: ProbeKind,
  container?: Pick<ContainerSpec, 'name' | 'ports'>,
): ResolvedProbe {
  const refuse = createRefuse(`${kind}Probe`, container?.name)
  const whole = (field: Exclude<keyof ResolvedProbe, 'kind' | 'handler'>, byDefault: number, least: number): number =>
    checkWhole(refuse, field, spec[field] ?? byDefault, least)

  const successThreshold = whole('successThreshold', 1, 1)
  if (kind !== 'readiness' && successThreshold !== 1) {
    throw refuse('successThreshold', successThreshold, 'give 1, or leave it out: only readiness may ask for more')
  }
  const graceSeconds = spec.terminationGracePeriodSeconds
  if (graceSeconds !== undefined && kind === 'readiness') {
    throw refuse('terminationGracePeriodSeconds', graceSeconds, 'leave it out: readiness stops no container')
  }
  return {
    kind,
    handler: resolveProbeHandler(spec, container?.ports, refuse),
    initialDelaySeconds: whole('initialDelaySeconds', 0, 0),
    periodSeconds: whole('periodSeconds', 10, 1),
    timeoutSeconds: whole('timeoutSeconds', 1, 1),
    successThreshold,
    failureThreshold: whole('failureThreshold', 3, 1),
    ...(graceSeconds !== undefined && { terminationGracePeriodSeconds: whole('terminationGracePeriodSeconds', 30, 1) }),
  }
}
