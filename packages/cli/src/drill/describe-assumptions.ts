import type { Profile, ProfileName } from '@lastcall/kubelet'
import { describePropagation } from '../report/summarize-drill.ts'
import type { DrillFlags, PlannedWorkload } from './create-plan.ts'
import type { DrillPlan } from './drill-plan.ts'
import { PLATFORM_ENV } from './platform-env.ts'

/** What a plan takes for granted, in sentences. */
export function describeAssumptions(
  flags: DrillFlags,
  { name, docs }: Profile,
  times: Pick<DrillPlan, 'gracePeriodMs' | 'propagationMs' | 'spreadMs'>,
  manifest: PlannedWorkload | undefined,
): string[] {
  const source = manifest ? `${manifest.path} and the defaults of ${name}` : `The defaults of ${name} (${docs})`
  const variables = Object.keys(PLATFORM_ENV[name as ProfileName])
  return [
    `${flags.grace === undefined ? source : 'The options'} give it ${times.gracePeriodMs / 1000} s from the signal to the kill.`,
    `New connections come for ${describePropagation(times)} after the stop began; established ones are used for 1 s more, or until they are closed.`,
    'Another replica takes over what it no longer gets.',
    ...variables.map((variable) => `${variable} tells it that it runs on ${name}.`),
    ...(['readiness', 'liveness'] as const).flatMap((kind) => {
      const type = manifest?.container.probes[kind]?.handler.type ?? 'httpGet'
      return type === 'httpGet' ? [] : [`The ${kind} probe of ${manifest?.path} is of type ${type}, and is not asked.`]
    }),
  ]
}
