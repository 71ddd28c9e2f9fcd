import { describe, expect, it } from 'vitest'
import { PROBE, type PodSetUp, setUpPod } from '../../test/set-up-pod.ts'

/** Deletes a pod that has been started, at 0 s, and waits until it is gone. */
async function deletePod(options: PodSetUp, gracePeriodSeconds?: number) {
  const set = setUpPod(options)
  await set.pod.start()
  await set.clock.runUntil(set.pod.delete(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }))
  return { ...set, goneAt: set.of('pod:gone')[0]?.at }
}

const ignoring = () => ({ stopMs: undefined })
const preStop = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } })
const grace = (terminationGracePeriodSeconds: number) => ({ terminationGracePeriodSeconds })
/** With a hook that the test plays itself. */
const hooked = { app: { lifecycle: { preStop: { exec: { command: ['drain'] } } } } }

describe('the deletion of a pod', () => {
  it('sends SIGTERM at once, and is over when the container exits', async () => {
    const { times, goneAt } = await deletePod({ behave: () => ({ stopMs: 4000 }) })
    expect([times('SIGTERM'), times('SIGKILL'), goneAt]).toEqual([[0], [], 4000])
  })

  it('sends SIGKILL 30 s later where nothing else is said', async () => {
    const { times, goneAt, of } = await deletePod({ behave: ignoring })
    expect([times('SIGTERM'), times('SIGKILL'), goneAt]).toEqual([[0], [30_000], 30_000])
    expect(of('container:exit')[0]?.exit).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it.each([
    ['the grace period of the pod', grace(45), undefined, 45_000],
    ['that of the deletion', grace(45), 7, 7000],
    ['2 s at least', grace(45), 1, 2000],
    ['2 s at least, also of 0', grace(0), undefined, 2000],
  ])('gives %s', async (_, spec, gracePeriodSeconds, killedAt) => {
    const { times } = await deletePod({ spec, behave: ignoring }, gracePeriodSeconds)
    expect(times('SIGKILL')).toEqual([killedAt])
  })

  it('gives preStop a second, also of 0', async () => {
    const { times } = await deletePod({ app: preStop(10), behave: ignoring }, 0)
    expect([times('SIGTERM'), times('SIGKILL')]).toEqual([[1000], [3000]])
  })

  it('takes preStop from the grace period, in whole seconds', async () => {
    for (const [ms, killedAt] of [
      [0, 30_000],
      [999, 30_999],
      [1000, 30_000],
      [12_700, 30_700],
      [29_000, 31_000],
    ] as const) {
      const set = setUpPod({
        ...hooked,
        behave: ignoring,
        hook: () => new Promise((resolve) => void set.clock.setTimeout(() => resolve(), ms)),
      })
      await set.pod.start()
      await set.clock.runUntil(set.pod.delete())
      expect([set.times('SIGTERM'), set.times('SIGKILL')]).toEqual([[ms], [killedAt]])
    }
  })

  it('abandons a preStop that takes longer than the grace period, and gives 2 s more', async () => {
    const { times, of } = await deletePod({ ...hooked, behave: ignoring, hook: () => new Promise(() => undefined) })
    expect(of('hook:end')).toMatchObject([
      { outcome: 'abandoned', durationMs: 30_000, message: 'the grace period was over' },
    ])
    expect([times('SIGTERM'), times('SIGKILL')]).toEqual([[30_000], [32_000]])
  })

  it('goes on when preStop fails', async () => {
    const { times, of } = await deletePod({ ...hooked, hook: () => Promise.reject(new Error('no route')) })
    expect(of('hook:end')).toMatchObject([{ outcome: 'failed', message: 'no route' }])
    expect(times('SIGTERM')).toEqual([0])
  })

  it('ends with a container that exits during preStop, without a signal', async () => {
    const { times, of, goneAt } = await deletePod({ app: preStop(10), behave: () => ({ livesMs: 3000 }) })
    expect(of('hook:end')).toMatchObject([{ outcome: 'abandoned', message: 'the container has ended' }])
    expect([times('SIGTERM'), goneAt]).toEqual([[], 3000])
  })

  it('sends the stop signal of the container', async () => {
    const { times } = await deletePod({ app: { lifecycle: { stopSignal: 'SIGQUIT' } } })
    expect(times('SIGQUIT')).toEqual([0])
  })

  it('stops containers in parallel, each with a grace period of its own', async () => {
    const { times } = await deletePod({
      spec: { containers: [{ name: 'app', ...preStop(20) }, { name: 'logs' }] },
      behave: ignoring,
    })
    expect([times('SIGTERM', 'logs'), times('SIGKILL', 'logs')]).toEqual([[0], [30_000]])
    expect([times('SIGTERM'), times('SIGKILL')]).toEqual([[20_000], [30_000]])
  })

  it('runs preStop of sidecars at once, and kills all that is left after 2 s where time has run out', async () => {
    const { of, times, goneAt } = await deletePod({
      spec: {
        ...grace(10),
        initContainers: [
          { name: 'first', restartPolicy: 'Always', ...preStop(1) },
          { name: 'second', restartPolicy: 'Always', ...preStop(2) },
        ],
      },
      behave: ignoring,
    })
    expect(of('hook:begin').map(({ at }) => at)).toEqual([0, 0])
    expect(times('SIGKILL')).toEqual([10_000])
    for (const sidecar of ['first', 'second']) {
      expect([times('SIGTERM', sidecar), times('SIGKILL', sidecar)]).toEqual([[10_000], [12_000]])
    }
    expect(goneAt).toBe(12_000)
  })

  it('starts nothing again, not a sidecar either', async () => {
    const { times } = await deletePod({
      spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      behave: (name) => (name === 'proxy' ? { livesMs: 1000 } : { stopMs: 5000 }),
    })
    expect([times('start', 'proxy'), times('SIGTERM', 'proxy')]).toEqual([[0], []])
  })

  it('is over at once where nothing runs: before the start, and during back-off', async () => {
    const early = setUpPod()
    await early.pod.delete()
    await early.pod.start()
    expect(early.runtime.deeds).toEqual([])
    expect(early.pod.phase).toBe('Failed')

    const crashing = setUpPod({ behave: () => ({ livesMs: 1000 }) })
    await crashing.pod.start()
    await crashing.clock.advance(5000)
    await crashing.pod.delete()
    expect(crashing.times('start')).toEqual([0, 1000])
    expect(crashing.clock.pending).toBe(0)
  })

  it('stops a container whose start is under way', async () => {
    const { pod, clock, times } = setUpPod()
    void pod.start()
    await clock.runUntil(pod.delete())
    expect([times('start'), times('exit')]).toEqual([[0], [0]])
  })

  it('leaves no timer, and probes nothing any more', async () => {
    for (const prober of ['classic', 'containerBound'] as const) {
      const app = { startupProbe: PROBE, livenessProbe: PROBE, readinessProbe: PROBE, ...preStop(1) }
      const { clock, events, pod } = await deletePod({ app, prober })
      expect(clock.pending).toBe(0)
      expect(pod.endpoint).toBe(undefined)
      expect(events.at(-1)?.type).toBe('pod:gone')
    }
  })

  it('forgets the answer of a liveness probe that was under way', async () => {
    for (const prober of ['classic', 'containerBound'] as const) {
      const answer = Promise.withResolvers<'failure'>()
      const { pod, clock, of } = setUpPod({
        app: { livenessProbe: { ...PROBE, failureThreshold: 1 } },
        prober,
        probe: () => answer.promise,
        behave: () => ({ stopMs: 5000 }),
      })
      await pod.start()
      await clock.advance(10_000)
      const gone = pod.delete()
      answer.resolve('failure')
      await clock.runUntil(gone)
      expect(of('probe:result')).toEqual([])
      expect(of('kill:begin').map(({ reason }) => reason)).toEqual(['deletion'])
    }
  })

  describe('of a container that is being stopped already', () => {
    const app = { livenessProbe: { ...PROBE, failureThreshold: 1, terminationGracePeriodSeconds: 500 } }

    it('takes what is left of its grace period away, and sends no second signal', async () => {
      const { pod, clock, times } = setUpPod({ app, spec: grace(20), probe: () => 'failure', behave: ignoring })
      await pod.start()
      await clock.advance(15_000)
      await clock.runUntil(pod.delete())
      expect([times('SIGTERM'), times('SIGKILL'), times('start')]).toEqual([[10_000], [35_000], [0]])
    })

    it('cuts its preStop too, and gives it the 2 s', async () => {
      const { pod, clock, times } = setUpPod({
        app: { ...app, ...preStop(300) },
        spec: grace(300),
        probe: () => 'failure',
        behave: ignoring,
      })
      await pod.start()
      await clock.advance(15_000)
      await clock.runUntil(pod.delete({ gracePeriodSeconds: 5 }))
      expect([times('SIGTERM'), times('SIGKILL')]).toEqual([[20_000], [22_000]])
    })

    it('is hurried by a second deletion with a shorter grace period, not held up by a longer one', async () => {
      const { pod, clock, times, of } = setUpPod({ behave: ignoring })
      await pod.start()
      const gone = pod.delete()
      await clock.advance(4000)
      void pod.delete({ gracePeriodSeconds: 60 })
      void pod.delete({ gracePeriodSeconds: 3 })
      await clock.runUntil(gone)
      expect([times('SIGTERM'), times('SIGKILL')]).toEqual([[0], [7000]])
      expect(of('pod:delete')).toHaveLength(1)
      await pod.delete()
    })
  })

  describe('on other platforms', () => {
    it.each([
      ['docker', 'SIGTERM', 10_000],
      ['nomad', 'SIGINT', 5000],
      ['systemd', 'SIGTERM to all', 90_000],
      ['pm2', 'SIGINT to all', 1600],
    ] as const)('is that of %s: %s, and SIGKILL after %d ms', async (profile, signal, killedAt) => {
      const { times } = await deletePod({ profile, behave: ignoring })
      expect([times(signal), times('SIGKILL')]).toEqual([[0], [killedAt]])
    })

    it('gives routing its time first where the platform does, and the whole grace period after it', async () => {
      const { times, of } = await deletePod({ profile: 'ecs', behave: ignoring })
      expect(of('pod:change').at(1)).toMatchObject({ at: 0, endpoint: { ready: false, terminating: true } })
      expect([times('SIGTERM'), times('SIGKILL')]).toEqual([[5000], [35_000]])
    })
  })
})
