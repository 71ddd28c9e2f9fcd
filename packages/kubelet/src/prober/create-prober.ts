import { createClassicProber } from './create-classic-prober.ts'
import { createContainerBoundProber } from './create-container-bound-prober.ts'
import type { Prober, ProberOptions } from './prober.ts'

/**
 * Makes a prober; `start` starts it. A `classic` one follows its container through restarts; a `containerBound` one is
 * started when its container runs, and startup has succeeded, and is of no use for the next container.
 */
export function createProber(options: ProberOptions): Prober {
  return options.mode === 'containerBound' ? createContainerBoundProber(options) : createClassicProber(options)
}
