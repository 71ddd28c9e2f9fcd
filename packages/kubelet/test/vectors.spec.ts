// What Kubernetes' own unit and end-to-end tests of probes and of termination expect, in virtual time, with both
// probers. Those of the HTTP handler are in src/probes/probe-http.spec.ts and src/handlers/http-get.spec.ts.
import type { ProbeKind } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import type { ProberMode } from '../src/prober/prober.ts'
import type { ProbeSpec } from '../src/spec/probe-spec.ts'
import { PROBE, setUpPod } from './set-up-pod.ts'

const MODES: readonly ProberMode[] = ['classic', 'containerBound']

/** Fails for these kinds of probes, and succeeds for the others. */
const fails =
  (...kinds: ProbeKind[]) =>
  ({ kind }: { kind: ProbeKind }) =>
    kinds.includes(kind) ? 'failure' : 'success'

describe.each(MODES)('with the %s prober, upstream expects', (prober) => {
  it('not ready before the initial delay, and no restart', async () => {
    const readinessProbe = { ...PROBE, initialDelaySeconds: 30 }
    const { pod, clock } = setUpPod({ prober, app: { readinessProbe } })
    await pod.start()
    await clock.advance(29_999)
    expect(pod.endpoint?.ready).toBe(false)
    await clock.advance(10_001)
    expect(pod.endpoint?.ready).toBe(true)
    expect(pod.containers[0]?.restartCount).toBe(0)
  })

  it('never ready and never restarted when readiness always fails', async () => {
    const { pod, clock, of } = setUpPod({ prober, app: { readinessProbe: PROBE }, probe: fails('readiness') })
    await pod.start()
    await clock.advance(600_000)
    expect(of('pod:change')).toEqual([])
    expect(pod.containers[0]?.restartCount).toBe(0)
  })

  const handlers: readonly [string, ProbeSpec][] = [
    ['exec "cat /tmp/health"', { exec: { command: ['cat', '/tmp/health'] } }],
    ['http /healthz', { httpGet: { path: '/healthz', port: 8080 } }],
    ['tcp 8080', { tcpSocket: { port: 8080 } }],
    ['grpc', { grpc: { port: 5000 } }],
  ]

  it.each(handlers)('a restart by a liveness probe that fails: %s', async (_, handler) => {
    const livenessProbe = { ...handler, initialDelaySeconds: 15, failureThreshold: 1 }
    let healthy = true
    const { pod, clock, times } = setUpPod({
      prober,
      app: { livenessProbe },
      probe: () => (healthy ? 'success' : 'failure'),
    })
    await pod.start()
    await clock.advance(20_000)
    healthy = false
    await clock.advance(10_000)
    expect(pod.containers[0]?.restartCount).toBe(1)
    expect(times('SIGTERM')).toHaveLength(1)
  })

  it.each(handlers)('no restart by a liveness probe that succeeds: %s', async (_, handler) => {
    const { pod, clock, of } = setUpPod({ prober, app: { livenessProbe: { ...handler, failureThreshold: 1 } } })
    await pod.start()
    await clock.advance(240_000)
    expect(pod.containers[0]?.restartCount).toBe(0)
    expect(of('probe:change')).toEqual([])
  })

  it('no restart by a tcp probe where the server is there and answers 500', async () => {
    const app = { livenessProbe: PROBE, readinessProbe: { httpGet: { port: 80 } } }
    const { pod, clock } = setUpPod({
      prober,
      app,
      probe: ({ handler }) => (handler.type === 'httpGet' ? 'failure' : 'success'),
    })
    await pod.start()
    await clock.advance(120_000)
    expect(pod.containers[0]?.restartCount).toBe(0)
    expect(pod.endpoint?.ready).toBe(false)
  })

  it('a restart count that grows by one, five times', async () => {
    const livenessProbe = { ...PROBE, initialDelaySeconds: 5, failureThreshold: 1 }
    const { pod, clock, of } = setUpPod({ prober, app: { livenessProbe }, probe: fails('liveness') })
    await pod.start()
    await clock.advance(600_000)
    expect(
      of('container:start')
        .map(({ restartCount }) => restartCount)
        .slice(0, 6),
    ).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('a restart by a startup probe that fails, though liveness would succeed', async () => {
    const app = { startupProbe: { ...PROBE, failureThreshold: 3 }, livenessProbe: PROBE }
    const { pod, clock, of } = setUpPod({ prober, app, probe: fails('startup') })
    await pod.start()
    await clock.advance(35_000)
    expect(pod.containers[0]?.restartCount).toBe(1)
    expect(of('kill:begin').map(({ reason }) => reason)).toEqual(['startup'])
    expect(of('probe:result').filter(({ probe }) => probe === 'liveness')).toEqual([])
  })

  it('no restart by a liveness probe that fails, as long as startup holds it back', async () => {
    const app = {
      startupProbe: { ...PROBE, failureThreshold: 60 },
      livenessProbe: { ...PROBE, failureThreshold: 1 },
    }
    const { pod, clock } = setUpPod({ prober, app, probe: fails('startup', 'liveness') })
    await pod.start()
    await clock.advance(500_000)
    expect(pod.containers[0]?.restartCount).toBe(0)
  })

  it('a restart by a liveness probe that fails, once startup has let it', async () => {
    const app = { startupProbe: PROBE, livenessProbe: { ...PROBE, failureThreshold: 1 } }
    const { pod, clock, of } = setUpPod({ prober, app, probe: fails('liveness') })
    await pod.start()
    await clock.advance(60_000)
    expect(pod.containers[0]?.restartCount).toBeGreaterThan(0)
    expect(new Set(of('kill:begin').map(({ reason }) => reason))).toEqual(new Set(['liveness']))
  })

  it('ready soon after startup has succeeded: less than 25 s after, where the period is 30 s', async () => {
    const app = { startupProbe: PROBE, readinessProbe: { ...PROBE, periodSeconds: 30 } }
    let started = false
    const { pod, clock, of } = setUpPod({
      prober,
      app,
      probe: ({ kind }) => (kind === 'startup' && !started ? 'failure' : 'success'),
    })
    await pod.start()
    await clock.advance(15_000)
    started = true
    await clock.advance(60_000)
    const startedAt = of('container:change').find((event) => event.started)?.at ?? NaN
    const readyAt = of('pod:change').find(({ endpoint }) => endpoint.ready)?.at ?? NaN
    expect(startedAt).toBe(20_000)
    expect(readyAt - startedAt).toBeLessThan(25_000)
  })

  it.each(['liveness', 'startup'] as const)(
    'the grace period of the %s probe, 5 s, and not the 500 s of the pod',
    async (kind) => {
      const probe = { ...PROBE, failureThreshold: 1, terminationGracePeriodSeconds: 5 }
      const { pod, clock, times } = setUpPod({
        prober,
        app: { [`${kind}Probe`]: probe },
        spec: { terminationGracePeriodSeconds: 500 },
        probe: fails(kind),
        behave: () => ({ stopMs: undefined }),
      })
      await pod.start()
      await clock.advance(20_000)
      const [signalled = NaN] = times('SIGTERM')
      expect(times('SIGKILL')[0]).toBe(signalled + 5000)
      expect(times('start')[1]).toBe(signalled + 5000)
    },
  )

  it('readiness that turns false while the pod terminates', async () => {
    let ready = true
    const { pod, clock, of } = setUpPod({
      prober,
      app: { readinessProbe: { ...PROBE, periodSeconds: 1, failureThreshold: 1 } },
      probe: () => (ready ? 'success' : 'failure'),
      behave: () => ({ stopMs: 20_000 }),
    })
    await pod.start()
    await clock.advance(5000)
    const deletion = pod.delete()
    await clock.advance(5000)
    ready = false
    await clock.runUntil(deletion)
    expect(of('pod:change').map(({ endpoint }) => endpoint)).toEqual([
      { ready: true, serving: true, terminating: false },
      { ready: false, serving: true, terminating: true },
      { ready: false, serving: false, terminating: true },
    ])
  })

  it('no failure of liveness while the pod terminates', async () => {
    let healthy = true
    const { pod, clock, of, times } = setUpPod({
      prober,
      app: { livenessProbe: { ...PROBE, periodSeconds: 1, failureThreshold: 1 } },
      probe: () => (healthy ? 'success' : 'failure'),
      behave: () => ({ stopMs: 25_000 }),
    })
    await pod.start()
    await clock.advance(5500)
    const deletion = pod.delete()
    healthy = false
    await clock.runUntil(deletion)
    expect(of('probe:result').filter(({ outcome }) => outcome === 'failure')).toEqual([])
    expect(times('SIGTERM')).toEqual([5500])
    expect(times('start')).toHaveLength(1)
  })

  it('SIGTERM to sidecars after the main containers have ended, in reverse order, one by one', async () => {
    const { pod, clock, runtime } = setUpPod({
      prober,
      spec: {
        initContainers: [
          { name: 'first', restartPolicy: 'Always' },
          { name: 'second', restartPolicy: 'Always' },
        ],
      },
      behave: (container) => ({ stopMs: container === 'app' ? 3000 : 2000 }),
    })
    await pod.start()
    await clock.runUntil(pod.delete())
    expect(runtime.deeds.filter(({ what }) => what !== 'start')).toEqual([
      { container: 'app', what: 'SIGTERM', at: 0 },
      { container: 'app', what: 'exit', at: 3000 },
      { container: 'second', what: 'SIGTERM', at: 3000 },
      { container: 'second', what: 'exit', at: 5000 },
      { container: 'first', what: 'SIGTERM', at: 5000 },
      { container: 'first', what: 'exit', at: 7000 },
    ])
  })

  it('2 s for the stop signal where preStop has taken the whole grace period', async () => {
    const { pod, clock, times } = setUpPod({
      prober,
      app: { lifecycle: { preStop: { sleep: { seconds: 10 } } } },
      spec: { terminationGracePeriodSeconds: 10 },
      behave: () => ({ stopMs: undefined }),
    })
    await pod.start()
    await clock.runUntil(pod.delete())
    expect(times('SIGTERM')).toEqual([10_000])
    expect(times('SIGKILL')).toEqual([12_000])
  })
})
