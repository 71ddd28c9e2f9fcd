import type { ProbeKind } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { setUpProber } from '../../test/set-up-prober.ts'
import type { ProbeOutcome } from '../probes/probe-outcome.ts'

const KINDS: readonly ProbeKind[] = ['startup', 'liveness', 'readiness']

describe('createProber, classic', () => {
  it.each([
    ['readiness', 'failure'],
    ['liveness', 'success'],
    ['startup', 'unknown'],
  ] as const)('stands, for %s, at %s before its first result', async (kind, result) => {
    const { prober, clock, runs } = setUpProber(kind, { initialDelaySeconds: 60 })
    expect(prober.result).toBe(result)
    prober.start()
    await clock.advance(50_000)
    expect(prober.result).toBe(result)
    expect(runs).toEqual([])
  })

  it('probes at once, then in every period', async () => {
    const { prober, clock, runs } = setUpProber('liveness', { periodSeconds: 5 })
    prober.start()
    await clock.advance(11_000)
    expect(runs).toEqual([0, 5000, 10_000])
  })

  it('probes at the first tick that is not before the initial delay, in whole seconds', async () => {
    const { prober, clock, runs, container } = setUpProber('liveness', { periodSeconds: 5, initialDelaySeconds: 12 })
    container.startedAt = 2500
    prober.start()
    await clock.advance(21_000)
    // 12.5 s after the start of the container count as 12.
    expect(runs).toEqual([15_000, 20_000])
  })

  it('waits for the container before it counts anything', async () => {
    const { prober, clock, runs, container } = setUpProber('liveness')
    container.id = undefined
    prober.start()
    await clock.advance(19_999)
    expect(runs).toEqual([])
    container.id = 'one'
    await clock.advance(1)
    expect(runs).toEqual([20_000])
  })

  it('believes failures and successes at their thresholds, and starts to count anew at each change', async () => {
    const { prober, clock, changes, answers } = setUpProber('readiness', { failureThreshold: 3, successThreshold: 2 })
    prober.start()
    await clock.advance(10_000)
    expect(changes).toEqual(['10000 failure -> success'])
    for (const outcome of ['failure', 'failure', 'success', 'failure', 'failure', 'failure'] as const) {
      answers.outcome = outcome
      await clock.advance(10_000)
    }
    expect(changes.slice(1)).toEqual(['70000 success -> failure'])
    for (const outcome of ['success', 'failure', 'success', 'success'] as const) {
      answers.outcome = outcome
      await clock.advance(10_000)
    }
    expect(changes.slice(2)).toEqual(['110000 failure -> success'])
  })

  it('discards what is unknown after three tries: no run of failures is broken by it, none is made longer', async () => {
    const outcomes: string[] = []
    const { prober, clock, runs, changes, answers } = setUpProber(
      'liveness',
      { failureThreshold: 2 },
      {
        onOutcome: ({ outcome }) => outcomes.push(outcome),
      },
    )
    answers.outcome = 'failure'
    prober.start()
    await clock.settle()
    answers.outcome = 'unknown'
    await clock.advance(10_000)
    expect(runs).toEqual([0, 10_000, 10_000, 10_000])
    answers.outcome = 'failure'
    await clock.advance(10_000)
    expect(outcomes).toEqual(['failure', 'unknown', 'failure'])
    expect(changes).toEqual(['20000 success -> failure'])
  })

  it('makes one run of the ticks that a slow run missed', async () => {
    const slow = setUpProber(
      'liveness',
      {},
      {
        run: () =>
          new Promise<ProbeOutcome>((resolve) => {
            slow.runs.push(slow.clock.now())
            slow.clock.setTimeout(
              () => resolve({ outcome: 'success', message: '' }),
              slow.runs.length === 1 ? 25_000 : 1000,
            )
          }),
      },
    )
    slow.prober.start()
    await slow.clock.advance(41_000)
    expect(slow.runs).toEqual([0, 25_000, 30_000, 40_000])
  })

  it.each(['liveness', 'startup'] as const)(
    'is on hold, for %s, from the last failure to the next container',
    async (kind) => {
      const { prober, clock, runs, container, answers, changes } = setUpProber(kind, { failureThreshold: 2 })
      answers.outcome = 'failure'
      prober.start()
      await clock.advance(60_000)
      expect(runs).toEqual([0, 10_000])
      expect(prober.result).toBe('failure')

      Object.assign(container, { id: 'two', startedAt: clock.now() })
      expect(prober.result).toBe(kind === 'liveness' ? 'success' : 'unknown')
      await clock.advance(20_000)
      expect(runs).toEqual([0, 10_000, 70_000, 80_000])
      expect(changes).toHaveLength(2)
    },
  )

  it('is on hold once startup has succeeded', async () => {
    const { prober, clock, runs } = setUpProber('startup')
    prober.start()
    await clock.advance(60_000)
    expect(runs).toEqual([0])
    expect(prober.result).toBe('success')
  })

  it('carries the failures of one container over to the next, as the kubelet does', async () => {
    const { prober, clock, container, answers, changes } = setUpProber('liveness', { failureThreshold: 3 })
    answers.outcome = 'failure'
    prober.start()
    await clock.advance(10_000)
    Object.assign(container, { id: 'two', startedAt: clock.now() })
    await clock.advance(10_000)
    expect(changes).toEqual(['20000 success -> failure'])
  })

  it.each([
    ['startup', true],
    ['liveness', false],
    ['readiness', false],
  ] as const)('rests, for %s, while started is %s', async (kind, started) => {
    const { prober, clock, runs, container } = setUpProber(kind)
    container.started = started
    prober.start()
    await clock.advance(10_000)
    expect(runs).toEqual([])
    container.started = !started
    await clock.advance(10_000)
    expect(runs).toEqual([20_000])
  })

  it.each(KINDS)('stands, for %s, at failure while the container does not run, and goes on', async (kind) => {
    const { prober, clock, runs, container } = setUpProber(kind)
    container.state = 'waiting'
    prober.start()
    await clock.advance(10_000)
    expect(prober.result).toBe('failure')
    container.state = 'running'
    await clock.advance(10_000)
    expect(runs).toEqual([20_000])
  })

  it('ends with a container that is not started again', async () => {
    const { prober, clock, container } = setUpProber('readiness')
    prober.start()
    Object.assign(container, { state: 'terminated', restarts: false })
    await clock.advance(10_000)
    expect(prober.result).toBe('failure')
    expect(clock.pending).toBe(0)
  })

  it.each(['liveness', 'startup'] as const)('ends, for %s, with a success when the pod is deleted', async (kind) => {
    const { prober, clock, container, answers, runs } = setUpProber(kind, { failureThreshold: 2 })
    answers.outcome = 'failure'
    prober.start()
    await clock.settle()
    container.deleting = true
    await clock.advance(10_000)
    expect(prober.result).toBe('success')
    expect(runs).toEqual([0])
    expect(clock.pending).toBe(0)
  })

  it('goes on with readiness while the pod is deleted', async () => {
    const { prober, clock, container, answers, changes } = setUpProber('readiness')
    prober.start()
    await clock.settle()
    container.deleting = true
    answers.outcome = 'failure'
    await clock.advance(30_000)
    expect(changes).toEqual(['0 failure -> success', '30000 success -> failure'])
  })

  it('runs at a trigger, and counts its period from there', async () => {
    const { prober, clock, runs } = setUpProber('readiness')
    prober.start()
    await clock.advance(4000)
    prober.trigger()
    await clock.advance(11_000)
    expect(runs).toEqual([0, 4000, 14_000])
  })

  it('waits for a random part of the period where the kubelet has just started', async () => {
    const late = { random: () => 0.25, startAt: 9999 }
    const soon = setUpProber('liveness', {}, { ...late, kubeletStartedAt: 0 })
    soon.prober.start()
    await soon.clock.advance(20_000)
    expect(soon.runs).toEqual([12_499, 22_499])

    const settled = setUpProber('liveness', {}, { ...late, kubeletStartedAt: -1 })
    settled.prober.start()
    await settled.clock.settle()
    expect(settled.runs).toEqual([9999])
  })

  it('forgets a run under way when it is stopped, and leaves no timer', async () => {
    const signals: AbortSignal[] = []
    const { prober, clock, changes } = setUpProber(
      'readiness',
      {},
      {
        run: async (signal) => {
          signals.push(signal)
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
          return { outcome: 'success', message: '' }
        },
      },
    )
    prober.start()
    prober.stop()
    await clock.settle()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    expect(changes).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('runs nothing when it is stopped before its first probe', async () => {
    const { prober, clock, runs } = setUpProber('readiness', {}, { kubeletStartedAt: 0 })
    prober.start()
    prober.stop()
    await clock.advance(60_000)
    expect(runs).toEqual([])
    expect(clock.pending).toBe(0)
  })
})
