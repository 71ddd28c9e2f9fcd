import { describe, expect, it } from 'vitest'
import { PROBE, setUpPod } from '../../test/set-up-pod.ts'
import type { PodEvent } from './pod-event.ts'

const NOT_READY = { ready: false, serving: false, terminating: false }

describe('createPod', () => {
  it('is ready at once where no container has a probe', async () => {
    const { pod } = setUpPod()
    expect([pod.phase, pod.endpoint]).toEqual(['Pending', NOT_READY])
    await pod.start()
    await pod.whenReady()
    expect([pod.phase, pod.endpoint]).toEqual(['Running', { ready: true, serving: true, terminating: false }])
  })

  it('tells everything that happens, in order', async () => {
    const app = {
      startupProbe: PROBE,
      livenessProbe: PROBE,
      readinessProbe: PROBE,
      lifecycle: { preStop: { sleep: { seconds: 1 } } },
    }
    const { pod, clock, events } = setUpPod({ app, prober: 'containerBound' })
    await pod.start()
    await clock.settle()
    await clock.runUntil(pod.delete())
    const short = ({ type, at, ...rest }: PodEvent) => {
      const { probe, hook } = rest as { probe?: string; hook?: string }
      return [at, type, probe ?? hook].filter((part) => part !== undefined).join(' ')
    }
    expect(events.map(short)).toEqual([
      '0 container:start',
      '0 probe:result startup',
      '0 probe:change startup',
      '0 container:change',
      '0 probe:result readiness',
      '0 probe:change readiness',
      '0 container:change',
      '0 pod:change',
      '0 probe:result liveness',
      '0 pod:delete',
      '0 pod:change',
      '0 kill:begin',
      '0 hook:begin preStop',
      '1000 hook:end preStop',
      '1000 signal:send',
      '1000 container:exit',
      '1000 container:change',
      '1000 pod:change',
      '1000 pod:gone',
    ])
  })

  it('is ready when every container is, sidecars included', async () => {
    const probed = { readinessProbe: { ...PROBE, periodSeconds: 1 } }
    const ready = new Set<string>()
    const { pod, clock } = setUpPod({
      spec: {
        initContainers: [{ name: 'proxy', restartPolicy: 'Always', ...probed }],
        containers: [{ name: 'app', ...probed }, { name: 'logs' }],
      },
      probe: (_, container) => (ready.has(container) ? 'success' : 'failure'),
    })
    await pod.start()
    for (const [container, expected] of [
      ['app', false],
      ['proxy', true],
    ] as const) {
      ready.add(container)
      await clock.advance(1000)
      expect(pod.endpoint?.ready).toBe(expected)
    }
  })

  it('shows each container as it is', async () => {
    const { pod, clock, app } = setUpPod({ app: { readinessProbe: PROBE }, behave: () => ({ livesMs: 5000, code: 3 }) })
    expect(app).toEqual({
      ...{ name: 'app', role: 'main', state: 'waiting', started: false, ready: false, restartCount: 0 },
      ...{ pid: undefined, startedAt: undefined, lastExit: undefined },
    })
    await pod.start()
    await clock.settle()
    expect(pod.containers[0]).toMatchObject({ state: 'running', started: true, ready: true, startedAt: 0 })
    await clock.advance(10_000)
    expect(pod.containers[0]).toMatchObject({
      ...{ state: 'waiting', started: false, ready: false, restartCount: 1, startedAt: undefined },
      lastExit: { code: 3, signal: null },
    })
  })

  describe('restarts', () => {
    it('a container that exits, at once and then with back-off, from the beginning after ten minutes', async () => {
      const lives = [1000, 1000, 1000, 600_000, 1000]
      const { pod, clock, times, of } = setUpPod({ behave: (_, starts) => ({ livesMs: lives[starts] ?? Infinity }) })
      await pod.start()
      await clock.advance(700_000)
      expect(times('start')).toEqual([0, 1000, 12_000, 33_000, 633_000, 644_000])
      expect(of('container:backOff').map(({ delayMs }) => delayMs)).toEqual([0, 10_000, 20_000, 0, 10_000])
      expect(of('container:start').map(({ restartCount }) => restartCount)).toEqual([0, 1, 2, 3, 4, 5])
    })

    it('a container that the runtime cannot start again', async () => {
      const { pod, clock, times, of } = setUpPod({
        behave: (_, starts) => ({ livesMs: starts === 0 ? 1000 : Infinity, broken: starts === 1 }),
      })
      await pod.start()
      await clock.advance(60_000)
      expect(times('start')).toEqual([0, 1000, 11_000])
      expect(of('container:startFailed')).toHaveLength(1)
      expect(pod.containers[0]).toMatchObject({ state: 'running', restartCount: 2 })
    })

    it.each([
      ['OnFailure', 0, 'Succeeded', 1],
      ['OnFailure', 1, undefined, 2],
      ['Never', 0, 'Succeeded', 1],
      ['Never', 1, 'Failed', 1],
    ] as const)('under %s after exit code %d: the pod has %s', async (restartPolicy, code, phase, starts) => {
      const { pod, clock, of, times } = setUpPod({
        spec: { restartPolicy },
        behave: (_, starts) => ({ livesMs: starts === 0 ? 1000 : Infinity, code }),
      })
      await pod.start()
      await clock.advance(60_000)
      expect(of('pod:gone')[0]?.phase).toBe(phase)
      expect(times('start')).toHaveLength(starts)
      expect(pod.phase).toBe(phase ?? 'Running')
      expect(pod.endpoint).toEqual(phase ? undefined : { ready: true, serving: true, terminating: false })
    })

    it('stays ready from the signal of a liveness probe to the exit, and is red until it runs again', async () => {
      let healthy = true
      const { pod, clock, of } = setUpPod({
        app: { livenessProbe: { ...PROBE, failureThreshold: 1 } },
        probe: () => (healthy ? 'success' : 'failure'),
        behave: () => ({ stopMs: 4000 }),
      })
      await pod.start()
      healthy = false
      await clock.advance(10_000)
      healthy = true
      expect(of('signal:send').map(({ at }) => at)).toEqual([10_000])
      await clock.advance(60_000)
      expect(of('pod:change').map(({ at, endpoint }) => [at, endpoint.ready])).toEqual([
        [0, true],
        [14_000, false],
        [14_000, true],
      ])
    })

    it('holds nothing against a container that was found out about the one before it', async () => {
      const slow = setUpPod({
        app: { livenessProbe: { ...PROBE, failureThreshold: 1 } },
        probe: () => new Promise((resolve) => void slow.clock.setTimeout(() => resolve('failure'), 5000)),
        behave: (_, starts) => ({ livesMs: starts === 0 ? 12_000 : Infinity }),
      })
      await slow.pod.start()
      await slow.clock.advance(19_000)
      expect(slow.of('probe:result').map(({ at, outcome }) => [at, outcome])).toEqual([[15_000, 'failure']])
      expect(slow.of('kill:begin')).toEqual([])
      expect(slow.pod.containers[0]).toMatchObject({ state: 'running', restartCount: 1 })
    })

    it('probes nothing between two runs of a container', async () => {
      for (const prober of ['classic', 'containerBound'] as const) {
        const { pod, clock, of } = setUpPod({
          app: { livenessProbe: { ...PROBE, periodSeconds: 1 }, readinessProbe: { ...PROBE, periodSeconds: 1 } },
          behave: () => ({ livesMs: 2500 }),
          prober,
        })
        await pod.start()
        await clock.advance(20_000)
        expect(of('probe:result').filter(({ at }) => at > 5000 && at < 15_000)).toEqual([])
      }
    })

    it('runs preStop before it restarts a container that is not live', async () => {
      const livenessProbe = { ...PROBE, failureThreshold: 1 }
      const { pod, clock, times } = setUpPod({
        app: { livenessProbe, lifecycle: { preStop: { sleep: { seconds: 3 } } } },
        probe: () => 'failure',
      })
      await pod.start()
      await clock.advance(13_000)
      expect(times('SIGTERM')).toEqual([13_000])
    })

    it('ends the sidecars once the main containers have done their work', async () => {
      const { pod, clock, times } = setUpPod({
        spec: { restartPolicy: 'Never', initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
        behave: (name) => (name === 'app' ? { livesMs: 5000, code: 0 } : {}),
      })
      await pod.start()
      await clock.advance(5000)
      expect(times('SIGTERM', 'proxy')).toEqual([5000])
      expect(pod.phase).toBe('Succeeded')
      expect(clock.pending).toBe(0)
    })
  })

  describe('postStart', () => {
    const app = { readinessProbe: PROBE, lifecycle: { postStart: { sleep: { seconds: 5 } } } }

    it('holds the container back from running until it has ended', async () => {
      const { pod, clock, of } = setUpPod({ app })
      await pod.start()
      await clock.advance(4999)
      expect(pod.containers[0]?.state).toBe('waiting')
      await clock.advance(1)
      expect(pod.containers[0]?.state).toBe('running')
      expect(of('hook:end')).toMatchObject([{ hook: 'postStart', outcome: 'ok', durationMs: 5000 }])
    })

    it('restarts the container when it fails', async () => {
      let runs = 0
      const hook = () => (runs++ === 0 ? Promise.reject(new Error('no database')) : Promise.resolve())
      const { pod, clock, of } = setUpPod({ app, hook })
      await pod.start()
      await clock.advance(1000)
      expect(of('hook:end')[0]).toMatchObject({ outcome: 'failed', message: 'no database' })
      expect(of('kill:begin')[0]).toMatchObject({ reason: 'postStart', gracePeriodMs: 30_000 })
      expect(pod.containers[0]).toMatchObject({ state: 'running', restartCount: 1 })
    })

    it('ends with the container', async () => {
      const { pod, clock, of } = setUpPod({
        app,
        spec: { restartPolicy: 'Never' },
        behave: () => ({ livesMs: 2000 }),
        hook: () => new Promise(() => undefined),
      })
      await pod.start()
      await clock.advance(2000)
      expect(of('hook:end')[0]).toMatchObject({ outcome: 'abandoned', message: 'the container has ended' })
      expect(pod.phase).toBe('Failed')
    })
  })

  describe('init containers', () => {
    const initContainers = [
      { name: 'migrate' },
      { name: 'proxy', restartPolicy: 'Always', startupProbe: PROBE } as const,
    ]

    it('run to their end, sidecars until they have started, before the main containers start', async () => {
      let started = false
      const { pod, clock, times } = setUpPod({
        spec: { initContainers },
        behave: (name) => (name === 'migrate' ? { livesMs: 7000, code: 0 } : {}),
        probe: () => (started ? 'success' : 'failure'),
        prober: 'containerBound',
      })
      void pod.start()
      await clock.advance(10_000)
      expect([times('start', 'proxy'), times('start')]).toEqual([[7000], []])
      started = true
      await clock.advance(10_000)
      expect(times('start')).toEqual([17_000])
    })

    it('run again until they succeed', async () => {
      const { pod, clock, times } = setUpPod({
        spec: { initContainers: [{ name: 'migrate' }] },
        behave: (name, starts) => (name === 'migrate' ? { livesMs: 1000, code: starts === 2 ? 0 : 1 } : {}),
      })
      await clock.runUntil(pod.start())
      expect(times('start', 'migrate')).toEqual([0, 1000, 12_000])
      expect(times('start')).toEqual([13_000])
    })

    it('fail the pod where they are not run again', async () => {
      const { pod, clock, times } = setUpPod({
        spec: { restartPolicy: 'Never', initContainers: initContainers.toReversed() },
        behave: (name) => (name === 'migrate' ? { livesMs: 1000 } : {}),
        prober: 'containerBound',
      })
      await clock.runUntil(pod.start())
      expect(pod.phase).toBe('Failed')
      expect([times('start'), times('SIGTERM', 'proxy')]).toEqual([[], [1000]])
    })
  })

  describe('start', () => {
    it('is one start, however often it is called', async () => {
      const { pod, times } = setUpPod()
      await Promise.all([pod.start(), pod.start()])
      expect(times('start')).toEqual([0])
    })

    it('rejects when the runtime cannot start a container, and takes the pod down', async () => {
      const { pod, clock, times, of } = setUpPod({
        spec: { containers: [{ name: 'app' }, { name: 'logs' }] },
        behave: (name) => ({ broken: name === 'app' }),
      })
      await expect(clock.runUntil(pod.start())).rejects.toThrow('app is broken')
      expect(of('container:startFailed')).toMatchObject([{ container: 'app' }])
      expect(times('exit', 'logs')).toHaveLength(1)
      expect(pod.phase).toBe('Failed')
      expect(clock.pending).toBe(0)
    })
  })

  describe('whenReady', () => {
    it('rejects when the pod is gone before', async () => {
      const { pod, clock } = setUpPod({ app: { readinessProbe: PROBE }, probe: () => 'failure' })
      await pod.start()
      const ready = pod.whenReady()
      void clock.runUntil(pod.delete())
      await expect(ready).rejects.toThrow(
        expect.objectContaining({
          code: 'LASTCALL_START_FAILED',
          message: 'Pod pod ended before it was ready: subscribe to its events to see why.',
        }) as Error,
      )
    })
  })

  it('refuses a spec that Kubernetes refuses, and a platform that there is not', () => {
    expect(() => setUpPod({ app: { livenessProbe: {} } })).toThrow('livenessProbe of container app is []')
    expect(() => setUpPod({ profile: 'eks' as 'ecs' })).toThrow("Option profile is 'eks'")
  })
})
