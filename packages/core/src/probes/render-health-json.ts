import type { ProbeCheck, ProbeResult } from './probe.ts'

/** `application/health+json` (draft-inadarei-api-health-check-06); the checks only where details are shown. */
export function renderHealthJson(result: ProbeResult, service: string, shown: boolean): string {
  if (!shown) return JSON.stringify({ status: result.status })
  const checks = Object.fromEntries(result.checks.map((check) => [check.name, [renderCheck(check)]]))
  return JSON.stringify({ status: result.status, serviceId: service, checks })
}

function renderCheck({ status, output, data, observedAt }: ProbeCheck): object {
  return {
    status,
    ...(observedAt === undefined ? {} : { time: new Date(observedAt).toISOString() }),
    // The draft has no place for the output of what passes.
    ...(output === undefined || status === 'pass' ? {} : { output }),
    ...(data === undefined ? {} : { observedValue: data }),
  }
}
