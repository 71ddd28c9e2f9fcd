import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'

const deployment = (name: string, more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 3
  minReadySeconds: 5${more}
  template:
    spec:
      terminationGracePeriodSeconds: 45
      initContainers:
        - name: proxy
          restartPolicy: Always
      containers:
        - name: app
          ports: [{ name: http, containerPort: 3000 }]
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 2
          lifecycle:
            preStop: { sleep: { seconds: 10 } }
        - name: logs
`

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: orders }\n'

describe('readManifest', () => {
  it('reads probes, hooks and the grace period of a Deployment among other documents', () => {
    const { containers, initContainers, ...rest } = readManifest(`${service}---${deployment('orders')}`)
    expect(rest).toEqual({
      kind: 'Deployment',
      name: 'orders',
      replicas: 3,
      minReadySeconds: 5,
      terminationGracePeriodSeconds: 45,
      strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
    })
    expect(initContainers).toEqual([{ name: 'proxy', restartPolicy: 'Always' }])
    expect(containers).toEqual([
      {
        name: 'app',
        ports: [{ name: 'http', containerPort: 3000 }],
        readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 2 },
        lifecycle: { preStop: { sleep: { seconds: 10 } } },
      },
      { name: 'logs' },
    ])
  })

  it('takes the workload and the container that are named', () => {
    const text = `${deployment('orders')}---${deployment('billing')}`
    const workload = readManifest(text, { name: 'billing', container: 'logs' })
    expect(workload).toMatchObject({ name: 'billing', containers: [{ name: 'logs' }] })
    expect(workload).not.toHaveProperty('initContainers')
  })

  it.each([
    ['    type: Recreate', { type: 'Recreate' }],
    ['    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }', { maxSurge: 1, maxUnavailable: 0 }],
  ])('reads the strategy: %s', (yaml, strategy) => {
    expect(readManifest(deployment('orders', `\n  strategy:\n${yaml}`)).strategy).toMatchObject(strategy)
  })

  it('reads a Pod, a StatefulSet, a DaemonSet, and a List of them', () => {
    const pod = { kind: 'Pod', metadata: { name: 'one' }, spec: { containers: [{ name: 'app' }] } }
    expect(readManifest(JSON.stringify(pod))).toEqual({
      kind: 'Pod',
      name: 'one',
      replicas: 1,
      minReadySeconds: 0,
      containers: [{ name: 'app' }],
    })
    for (const kind of ['StatefulSet', 'DaemonSet']) {
      const set = { kind, metadata: { name: 'one' }, spec: { template: { spec: pod.spec } } }
      expect(readManifest(JSON.stringify({ kind: 'List', items: [set] }))).toMatchObject({ kind, name: 'one' })
    }
  })

  it.each([
    [
      'no workload',
      service,
      {},
      'The manifest lacks a Deployment, StatefulSet, DaemonSet, Pod; its workloads: none. Pass the text of one that has it.',
    ],
    ['nothing at all', '', {}, 'The manifest lacks a Deployment, StatefulSet, DaemonSet, Pod'],
    [
      'no workload of that name',
      deployment('orders'),
      { name: 'order' },
      'The manifest lacks a workload named order; its workloads: Deployment orders.',
    ],
    [
      'two workloads and no name',
      `${deployment('a')}---${deployment('b')}`,
      {},
      'The manifest has 2 workloads (Deployment a, Deployment b): name the one you mean.',
    ],
    [
      'no container of that name',
      deployment('orders'),
      { container: 'web' },
      'Deployment orders has no container web: name one of app, logs.',
    ],
    ['no pod', 'kind: Deployment\nmetadata: { name: a }', {}, 'Deployment a has no pod: give it spec.template.spec.'],
    ['what is no YAML', 'kind: [', {}, 'The manifest is no YAML: '],
  ])('refuses %s', (_, text, options, message) => {
    expect(() => readManifest(text, options)).toThrow(
      expect.objectContaining({
        code: 'LASTCALL_INVALID_MANIFEST',
        message: expect.stringContaining(message) as string,
      }) as Error,
    )
  })

  it('refuses what the API server would refuse', () => {
    const text = deployment('orders').replace('periodSeconds: 2', 'terminationGracePeriodSeconds: 2')
    expect(() => readManifest(text)).toThrow(
      'readinessProbe.terminationGracePeriodSeconds of container app is 2: leave it out',
    )
  })
})
