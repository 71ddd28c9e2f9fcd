import { flowList, healthCheck } from './health-check.ts'
import type { ManifestPlan } from './manifest-plan.ts'

/** The longest `startPeriod` that ECS takes. */
const MOST_START_SECONDS = 300

/** A task definition, for `aws ecs register-task-definition --cli-input-yaml`. */
export function renderEcs({ name, image, port, probePort, graceSeconds, startSeconds, budget }: ManifestPlan): string {
  const drainSeconds = Math.ceil(budget.terms.drainMs / 1000)
  return `# The target group: deregistration_delay.timeout_seconds of ${drainSeconds} or more, which the drain may take; readiness,
# /readyz, is what it asks.
family: ${name}
containerDefinitions:
  - name: ${name}
    image: ${JSON.stringify(image)}
    essential: true
    stopTimeout: ${graceSeconds} # the sum above; 30 by default, 120 at the most on Fargate
    portMappings:
      - containerPort: ${port}
    healthCheck:
      command: ${flowList(['CMD', ...healthCheck(probePort)])}
      interval: 10 # as often as Kubernetes asks
      timeout: 5 # for Node to start, and 1 s for the probe
      retries: 3 # as many as Kubernetes asks
      startPeriod: ${Math.min(startSeconds, MOST_START_SECONDS)} # to start; ${MOST_START_SECONDS} at the most
`
}
