import { describe, expect, it } from 'vitest'
import type { ContainerSpec, LifecycleHandlerSpec, PodSpec } from './pod-spec.ts'
import { resolvePod } from './resolve-pod.ts'

const withPreStop = (preStop: LifecycleHandlerSpec): ContainerSpec => ({ name: 'app', lifecycle: { preStop } })

describe('resolvePod', () => {
  it('fills in the defaults', () => {
    expect(resolvePod({ containers: [{ name: 'app' }] })).toEqual({
      containers: [{ name: 'app', role: 'main', spec: { name: 'app' }, probes: {} }],
      terminationGracePeriodSeconds: 30,
      restartPolicy: 'Always',
    })
  })

  it('takes the grace period of the pod, then that of the platform', () => {
    const containers = [{ name: 'app' }]
    expect(resolvePod({ containers, terminationGracePeriodSeconds: 0 }, 10).terminationGracePeriodSeconds).toBe(0)
    expect(resolvePod({ containers }, 1.6).terminationGracePeriodSeconds).toBe(1.6)
  })

  it('tells init containers, sidecars and main containers apart', () => {
    const { containers } = resolvePod({
      initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'app' }],
    })
    expect(containers.map(({ name, role }) => `${name} ${role}`)).toEqual(['migrate init', 'proxy sidecar', 'app main'])
  })

  it('resolves probes, hooks and the stop signal of a container', () => {
    const tcpSocket = { port: 'http' }
    const [app] = resolvePod({
      containers: [
        {
          name: 'app',
          ports: [{ name: 'http', containerPort: 80 }],
          startupProbe: { tcpSocket },
          livenessProbe: { tcpSocket },
          readinessProbe: { tcpSocket },
          lifecycle: {
            postStart: { exec: { command: ['true'] } },
            preStop: { httpGet: { path: '/drain', port: 'http' } },
            stopSignal: 'SIGQUIT',
          },
        },
      ],
    }).containers
    expect(Object.entries(app?.probes ?? {}).map(([name, { kind, handler }]) => [name, kind, handler])).toEqual(
      ['startup', 'liveness', 'readiness'].map((kind) => [kind, kind, { type: 'tcpSocket', port: 80 }]),
    )
    expect(app).toMatchObject({
      postStart: { type: 'exec', command: ['true'] },
      preStop: { type: 'httpGet', path: '/drain', port: 80 },
      stopSignal: 'SIGQUIT',
    })
  })

  it('allows a preStop that sleeps from 0 seconds to the whole grace period', () => {
    const resolve = (seconds: number) => () =>
      resolvePod({ containers: [withPreStop({ sleep: { seconds } })], terminationGracePeriodSeconds: 20 })
    expect(resolve(0)).not.toThrow()
    expect(resolve(20)).not.toThrow()
    for (const seconds of [-1, 0.5, 21]) {
      expect(resolve(seconds)).toThrow(
        `lifecycle.preStop.sleep.seconds of container app is ${seconds}: give a whole number from 0 to 20, the pod's terminationGracePeriodSeconds.`,
      )
    }
  })

  it.each<[string, PodSpec, string]>([
    ['no container', { containers: [] }, 'spec.containers is []: give at least one container.'],
    [
      'a name that is there twice',
      { containers: [{ name: 'a' }, { name: 'a' }] },
      'spec.containers is ["a","a"]: give each container a name of its own, a is there twice.',
    ],
    ['a container without a name', { containers: [{ name: '' }] }, "containers[].name is '': give it a name."],
    [
      'a grace period that is not whole',
      { containers: [{ name: 'a' }], terminationGracePeriodSeconds: 1.5 },
      'spec.terminationGracePeriodSeconds is 1.5: give a whole number, 0 or more.',
    ],
    [
      'an unknown restart policy',
      { containers: [{ name: 'a' }], restartPolicy: 'always' as 'Always' },
      "spec.restartPolicy is 'always': give one of Always, OnFailure, Never.",
    ],
    [
      'an init container with a probe',
      { containers: [{ name: 'a' }], initContainers: [{ name: 'b', livenessProbe: { grpc: { port: 1 } } }] },
      "initContainers[].name is 'b': leave out its probes and hooks, or make it a sidecar with restartPolicy: Always.",
    ],
    [
      'a hook without a handler',
      { containers: [withPreStop({})] },
      'lifecycle.preStop of container app is []: give exactly one of httpGet, exec, sleep.',
    ],
    [
      'what is no name of a signal',
      { containers: [{ name: 'app', lifecycle: { stopSignal: 'TERM' } }] },
      "lifecycle.stopSignal of container app is 'TERM': give the name of a signal of this system, such as SIGTERM.",
    ],
  ])('refuses %s', (_, spec, message) => {
    expect(() => resolvePod(spec)).toThrow(expect.objectContaining({ code: 'LASTCALL_INVALID_SPEC', message }) as Error)
  })
})
