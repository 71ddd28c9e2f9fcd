import type { Prober, ProberOptions } from './prober.ts'

/** Makes a prober; `start` starts it. */
export function createProber(options: ProberOptions): Prober {
  throw new Error(`todo ${options.probe.kind}`)
}
