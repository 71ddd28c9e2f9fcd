import { startNginx } from './balancers/nginx.ts'
import { describeRollouts } from './describe-rollouts.ts'

describeRollouts({
  name: 'nginx, which learns from failures',
  startBalancer: startNginx,
  program: 'nginx',
  right: { PLATFORM: 'ingress-nginx' },
  // 1.6 s to the kill, and requests that take longer.
  wrong: { PLATFORM: 'pm2', GRACE_PERIOD_MS: '', PROCESSING_MS: '3000' },
})
