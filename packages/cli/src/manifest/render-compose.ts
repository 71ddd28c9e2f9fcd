import { flowList, healthCheck } from './health-check.ts'
import type { ManifestPlan } from './manifest-plan.ts'

/** A service of a compose file. */
export function renderCompose({ name, image, port, probePort, graceSeconds, startSeconds }: ManifestPlan): string {
  return `services:
  ${name}:
    image: ${JSON.stringify(image)}
    ports: ['${port}:${port}']
    stop_signal: SIGTERM
    stop_grace_period: ${graceSeconds}s # the sum above; 10s by default
    healthcheck:
      test: ${flowList(['CMD', ...healthCheck(probePort)])}
      interval: 10s # as often as Kubernetes asks
      timeout: 5s # for Node to start, and 1 s for the probe
      retries: 3 # as many as Kubernetes asks
      start_period: ${startSeconds}s # to start
`
}
