import { readManifest, resolvePod } from '@lastcall/kubelet'
import { describe, expect, it } from 'vitest'
import { exampleFlags } from '../../test/example-plan.ts'
import { createPlan, type DrillFlags, type PlannedWorkload } from './create-plan.ts'
import { SCENARIO_NAMES } from './scenario-name.ts'

const plan = (flags: Partial<DrillFlags> = {}, manifest?: PlannedWorkload, env = {}) =>
  createPlan(['node', 'server.js'], { ...exampleFlags, ...flags }, env, manifest)

const YAML = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: orders
          image: orders
          env: [{ name: LOG_LEVEL, value: info }, { name: TOKEN, valueFrom: {} }]
          ports: [{ name: http, containerPort: 3000 }, { name: probes, containerPort: 9000 }]
          readinessProbe: { httpGet: { path: /ready, port: probes }, periodSeconds: 2 }
          livenessProbe: { httpGet: { path: /live, port: http } }
          lifecycle: { preStop: { sleep: { seconds: 5 } }, stopSignal: SIGQUIT }
`

function manifest(): PlannedWorkload {
  const workload = readManifest(YAML)
  const [container] = resolvePod(workload).containers
  if (!container) throw new Error('no container')
  return { path: 'k8s/orders.yaml', workload, container }
}

describe('createPlan', () => {
  it('fills in what Kubernetes does', () => {
    expect(plan()).toMatchObject({
      ...{ gracePeriodMs: 30_000, propagationMs: 4000, spreadMs: 1000, stopSignal: 'SIGTERM', keepAliveShare: 0.7 },
      readiness: { path: '/readyz', port: undefined, guessed: true, noticeMs: 0 },
      liveness: { path: '/livez', guessed: true },
      ...{ scenarios: ['terminate'], skips: false, url: undefined, preStop: undefined, down: {} },
      platformEnv: { KUBERNETES_SERVICE_HOST: '127.0.0.1' },
    })
    expect(plan().assumptions.join('\n')).toContain('30 s from the signal to the kill')
  })

  it('takes another platform', () => {
    expect(plan({ profile: 'docker' })).toMatchObject({ gracePeriodMs: 10_000, propagationMs: 0, platformEnv: {} })
    expect(() => plan({ profile: 'eks' })).toThrow("'eks': pass one of kubernetes")
  })

  it('takes what the options say', () => {
    const flags = {
      grace: '5s',
      propagation: '300ms',
      preStop: 'sleep:2s',
      ready: ':9000/ready',
      url: 'http://[::1]:80',
    }
    expect(plan(flags)).toMatchObject({
      ...{ gracePeriodMs: 5000, propagationMs: 300, spreadMs: 0, url: 'http://[::1]/' },
      preStop: { type: 'sleep', seconds: 2 },
      readiness: { path: '/ready', port: 9000, guessed: false },
    })
    expect(plan({ env: ['A=b=c'], sse: '/events:3', long: '/export:10%' })).toMatchObject({
      ...{ env: { A: 'b=c' }, sse: { path: '/events', clients: 3 }, long: { path: '/export', share: 0.1 } },
    })
  })

  it('takes probes, hook, signal, grace period and variables from a manifest', () => {
    expect(plan({}, manifest())).toMatchObject({
      ...{ gracePeriodMs: 45_000, stopSignal: 'SIGQUIT', preStop: { type: 'sleep', seconds: 5 } },
      env: { LOG_LEVEL: 'info' },
      readiness: { path: '/ready', port: 9000, guessed: false, noticeMs: 6000 },
      liveness: { path: '/live', port: undefined, guessed: false },
    })
  })

  it('says that it asks no probes but those of HTTP', () => {
    const { path, workload, container } = manifest()
    const probes = { readiness: { ...container.probes.readiness, handler: { type: 'tcpSocket', port: 3000 } } } as never
    const { assumptions, readiness } = plan({}, { path, workload, container: { ...container, probes } })
    expect(assumptions).toContain('The readiness probe of k8s/orders.yaml is of type tcpSocket, and is not asked.')
    expect(readiness).toMatchObject({ path: '/readyz', guessed: true })
  })

  it('lets options go before the manifest', () => {
    expect(plan({ grace: '5s', preStop: '0', env: ['LOG_LEVEL=warn'], ready: '/r' }, manifest())).toMatchObject({
      ...{ gracePeriodMs: 5000, preStop: undefined, env: { LOG_LEVEL: 'warn' }, readiness: { path: '/r' } },
    })
  })

  it('takes one scenario, some, or all', () => {
    expect(plan({ scenario: ['upload,sse', 'http2'] }).scenarios).toEqual(['upload', 'sse', 'http2'])
    expect(plan({ all: true })).toMatchObject({ scenarios: SCENARIO_NAMES, skips: true })
    expect(() => plan({ scenario: ['crash'] })).toThrow("Option --scenario is 'crash': pass one of terminate,")
  })

  it('finds the dependencies of the environment, unless it is told what takes them away', () => {
    const env = { DATABASE_URL: 'postgres://db/orders' }
    expect(plan({}, undefined, env).down).toEqual({ DATABASE_URL: 'postgres://127.0.0.1:1/orders' })
    expect(plan({ down: ['DB_HOST=nowhere'] }, undefined, env).down).toEqual({ DB_HOST: 'nowhere' })
  })

  it.each([
    ['url', 'localhost', "Option --url is 'localhost': pass an address such as"],
    ['env', ['=1'], "Option --env is '=1': pass a variable such as"],
    ['rps', '0', "Option --rps is '0'"],
    ['replicas', '1', "Option --replicas is '1'"],
  ])('refuses --%s', (flag, value, message) => {
    expect(() => plan({ [flag]: value })).toThrow(message)
  })
})
