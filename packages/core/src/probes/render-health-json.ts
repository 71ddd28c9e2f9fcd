import { given } from '../given.ts'
import type { ProbeCheck, ProbeResult } from './probe.ts'

/** `application/health+json` (draft-inadarei-api-health-check-06); the checks only where details are shown. */
export function renderHealthJson(result: ProbeResult, service: string, shown: boolean): string {
  if (!shown) return JSON.stringify({ status: result.status })
  const checks = Object.fromEntries(result.checks.map((check) => [check.name, [renderCheck(check)]]))
  // JSON has no bigint, and a check's data must not break the probe.
  return JSON.stringify({ status: result.status, serviceId: service, checks }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
}

function renderCheck({ status, output, data, observedAt }: ProbeCheck): object {
  return {
    status,
    ...given({ time: observedAt === undefined ? observedAt : new Date(observedAt).toISOString(), observedValue: data }),
    // The draft has no place for the output of what passes.
    ...(output === undefined || status === 'pass' ? {} : { output }),
  }
}
