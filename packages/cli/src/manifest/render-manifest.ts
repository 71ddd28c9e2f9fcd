import { formatSum } from '../budget/format-sum.ts'
import type { ManifestPlan, ManifestTarget } from './manifest-plan.ts'
import { renderCloudRun } from './render-cloud-run.ts'
import { renderCompose } from './render-compose.ts'
import { renderEcs } from './render-ecs.ts'
import { renderKubernetes } from './render-kubernetes.ts'
import { renderSystemd } from './render-systemd.ts'

const RENDERERS: Readonly<Record<ManifestTarget, (plan: ManifestPlan) => string>> = {
  kubernetes: renderKubernetes,
  ecs: renderEcs,
  'cloud-run': renderCloudRun,
  compose: renderCompose,
  systemd: renderSystemd,
}

/** The manifest as a text, with the sum and what the service is to be told at its top. */
export function renderManifest(plan: ManifestPlan): string {
  const { platform, propagationMs } = plan.budget.facts
  return `# ${formatSum(plan.budget)}
# New connections come for ${propagationMs / 1000} s after the stop: the row ${platform} of Lastcall's platforms.
# In the service: ${plan.code}
${RENDERERS[plan.target](plan)}`
}
