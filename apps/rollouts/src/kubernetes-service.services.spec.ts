import { startKubernetesService } from './balancers/kubernetes-service.ts'
import { describeRollouts } from './describe-rollouts.ts'

describeRollouts({
  name: 'a Service of Kubernetes, as the simulator routes',
  startBalancer: startKubernetesService,
  right: { PLATFORM: 'kubernetes' },
  wrong: { PLATFORM: 'local', GRACE_PERIOD_MS: '' },
})
