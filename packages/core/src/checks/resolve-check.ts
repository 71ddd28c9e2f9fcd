import { checkMs, invalidOption } from '../errors/invalid-option.ts'
import { LastcallError } from '../errors/lastcall-error.ts'
import { PROBE_KINDS, type Check, type CheckPolicy, type CheckRun, type ProbeKind } from './check.ts'

/** What a check does when nothing is said. */
export const CHECK_DEFAULTS = {
  intervalMs: 5000,
  jitter: 0.1,
  timeoutMs: 1000,
  successThreshold: 1,
  failureThreshold: 1,
  critical: true,
  failOpen: false,
} as const satisfies CheckPolicy

/** A check with every default applied. */
export interface ResolvedCheck extends Required<CheckPolicy> {
  readonly name: string
  readonly probes: readonly ProbeKind[]
  readonly run: CheckRun
}

/** Applies the defaults. Throws `LASTCALL_INVALID_OPTION` and `LASTCALL_SHARED_LIVENESS`. */
export function resolveCheck(check: Check): ResolvedCheck {
  const { name, run } = check
  if (name === '') throw invalidOption('name of a check', name, 'a name')
  const option = (field: string) => `${field} of check '${name}'`
  const probes: readonly ProbeKind[] = check.probes ?? ['readiness']
  for (const probe of probes) {
    if (!PROBE_KINDS.includes(probe)) throw invalidOption(option('probes'), probe, PROBE_KINDS.join(', '))
  }
  if (check.scope === 'shared' && probes.includes('liveness')) {
    throw new LastcallError(
      'LASTCALL_SHARED_LIVENESS',
      `Check '${name}' is shared and in the liveness probe: restarting every process does not mend what they share. Take it out of liveness.`,
    )
  }
  const field = <Key extends keyof typeof CHECK_DEFAULTS>(key: Key) => check[key] ?? CHECK_DEFAULTS[key]
  const intervalMs = checkMs(option('intervalMs'), field('intervalMs'), 1)
  const timeoutMs = checkMs(option('timeoutMs'), field('timeoutMs'), 1)
  const jitter = field('jitter')
  if (!(jitter >= 0 && jitter < 1)) throw invalidOption(option('jitter'), jitter, 'a share from 0 to less than 1')
  return {
    name,
    run,
    probes,
    intervalMs,
    timeoutMs,
    jitter,
    successThreshold: count(option('successThreshold'), field('successThreshold')),
    failureThreshold: count(option('failureThreshold'), field('failureThreshold')),
    staleAfterMs: checkMs(option('staleAfterMs'), check.staleAfterMs ?? 3 * (intervalMs + timeoutMs), intervalMs),
    critical: field('critical'),
    failOpen: field('failOpen'),
  }
}

function count(option: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) throw invalidOption(option, value, 'a whole number, 1 or more')
  return value
}
