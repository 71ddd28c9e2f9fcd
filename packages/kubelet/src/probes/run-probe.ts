import type { ProbeHandler } from '../spec/probe-spec.ts'
import type { ProbeOutcome, ProbeTarget, RunProbeOptions } from './probe-outcome.ts'

/** Runs a probe once against the real network, or a real command, with the rules of the kubelet. Never rejects. */
export function runProbe(handler: ProbeHandler, target: ProbeTarget, options: RunProbeOptions): Promise<ProbeOutcome> {
  return Promise.reject(new Error(`todo ${handler.type} ${String(target)} ${options.timeoutMs}`))
}
