import { startHaproxy } from './balancers/haproxy.ts'
import { describeRollouts } from './describe-rollouts.ts'

describeRollouts({
  name: 'HAProxy, which asks the replicas',
  startBalancer: startHaproxy,
  program: 'haproxy',
  // Red is seen after 2 × 1 s, and the propagation of Kubernetes is 5 s.
  right: { PLATFORM: 'kubernetes' },
  // No lame duck: whoever stops a process by hand has nobody who routes.
  wrong: { PLATFORM: 'local', GRACE_PERIOD_MS: '' },
})
