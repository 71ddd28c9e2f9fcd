import { given } from '../given.ts'
import type { CheckStatus, ProbeKind } from '../checks/check.ts'
import type { ProbeCheck, ProbeResult } from './probe.ts'
import type { CheckSnapshot, ProbeSnapshot } from './snapshot.ts'

/** The name under which a probe shows the lifecycle's own part in its answer. */
export const LIFECYCLE_CHECK = 'lifecycle'

/** The answer to a probe at `now`, derived from state and checks; `exclude` names checks to leave out. */
export function evaluateProbe(
  snapshot: ProbeSnapshot,
  kind: ProbeKind,
  now: number,
  exclude: readonly string[] = [],
): ProbeResult {
  const own: ProbeCheck = { name: LIFECYCLE_CHECK, status: ownStatus(snapshot, kind), output: snapshot.state }
  const others = asksChecks(snapshot, kind)
    ? snapshot.checks.filter(({ probes }) => probes.includes(kind)).map((check) => evaluateCheck(check, kind, now))
    : []
  const checks = [own, ...others].filter(({ name }) => !exclude.includes(name))
  return { kind, status: worst(checks.map(({ status }) => status)), state: snapshot.state, checks }
}

function ownStatus({ state, readinessWhileDraining }: ProbeSnapshot, kind: ProbeKind): CheckStatus {
  if (kind === 'liveness') return 'pass'
  if (state === 'starting') return 'fail'
  if (kind === 'startup' || state === 'running') return 'pass'
  return state === 'draining' && readinessWhileDraining === 'serve' ? 'pass' : 'fail'
}

/** Startup asks its checks only until the start is over: what fails later is not the start's concern. */
function asksChecks({ state }: ProbeSnapshot, kind: ProbeKind): boolean {
  return kind !== 'startup' || state === 'starting' || state === 'running'
}

function evaluateCheck(check: CheckSnapshot, kind: ProbeKind, now: number): ProbeCheck {
  const { name, output, data, observedAt } = check
  const stale = check.staleAt !== undefined && now >= check.staleAt
  const known = stale ? 'fail' : check.status
  const said = stale ? 'the last result is too old' : check.status === 'pending' ? 'the first result is due' : output
  return {
    name,
    status: statusFor(known, kind, check.critical),
    ...given({ output: said, data, observedAt }),
  }
}

function statusFor(known: CheckSnapshot['status'], kind: ProbeKind, critical: boolean): CheckStatus {
  // A process is not restarted for a result that is not there yet.
  if (known === 'pending' && kind === 'liveness') return 'pass'
  if (known === 'pending' || known === 'fail') return critical ? 'fail' : 'warn'
  return known
}

function worst(statuses: readonly CheckStatus[]): CheckStatus {
  if (statuses.includes('fail')) return 'fail'
  return statuses.includes('warn') ? 'warn' : 'pass'
}
