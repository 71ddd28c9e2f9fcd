import { describe, expect, it } from 'vitest'
import { setUpProber } from '../../test/set-up-prober.ts'

const mode = 'containerBound'

describe('createProber, containerBound', () => {
  it('probes at the initial delay to the millisecond, then in every period', async () => {
    const { prober, clock, runs, container } = setUpProber('readiness', { initialDelaySeconds: 3 }, { mode })
    container.startedAt = -500
    prober.start()
    expect(prober.result).toBe('failure')
    await clock.advance(22_500)
    expect(runs).toEqual([2500, 12_500, 22_500])
  })

  it('probes at once where the initial delay is over', async () => {
    const { prober, clock, runs, container } = setUpProber('liveness', { initialDelaySeconds: 3 }, { mode })
    container.startedAt = -4000
    prober.start()
    await clock.settle()
    expect(runs).toEqual([0])
  })

  it('adds a random part of the period where the container is older than the kubelet', async () => {
    const jitter = { mode, kubeletStartedAt: 5000, random: () => 0.5 } as const
    const adopted = setUpProber('liveness', { initialDelaySeconds: 1 }, { ...jitter, startAt: 4999 })
    adopted.prober.start()
    await adopted.clock.advance(10_000)
    expect(adopted.runs).toEqual([10_999])

    const started = setUpProber('liveness', { initialDelaySeconds: 1 }, { ...jitter, startAt: 5000 })
    started.prober.start()
    await started.clock.advance(10_000)
    expect(started.runs).toEqual([6000])
  })

  it('ends after the last failure of liveness', async () => {
    const { prober, clock, runs, answers, changes } = setUpProber('liveness', { failureThreshold: 2 }, { mode })
    answers.outcome = 'failure'
    prober.start()
    await clock.advance(60_000)
    expect(runs).toEqual([0, 10_000])
    expect(changes).toEqual(['10000 success -> failure'])
    expect(clock.pending).toBe(0)
  })

  it.each(['success', 'failure'] as const)('ends after the %s of startup', async (outcome) => {
    const { prober, clock, answers, changes } = setUpProber('startup', { failureThreshold: 1 }, { mode })
    answers.outcome = outcome
    prober.start()
    await clock.advance(60_000)
    expect(changes).toEqual([`0 unknown -> ${outcome}`])
    expect(clock.pending).toBe(0)
  })

  it('goes on with readiness and healthy liveness, and discards what is unknown', async () => {
    for (const kind of ['readiness', 'liveness'] as const) {
      const { prober, clock, runs, answers } = setUpProber(kind, {}, { mode })
      prober.start()
      await clock.settle()
      answers.outcome = 'unknown'
      await clock.advance(10_000)
      answers.outcome = 'success'
      await clock.advance(10_000)
      expect(runs).toEqual([0, 10_000, 10_000, 10_000, 20_000])
      expect(prober.result).toBe('success')
    }
  })

  it('has no trigger', async () => {
    const { prober, clock, runs } = setUpProber('readiness', {}, { mode })
    prober.start()
    await clock.advance(4000)
    prober.trigger()
    await clock.advance(6000)
    expect(runs).toEqual([0, 10_000])
  })

  it('leaves nothing behind when it is stopped: before, between and during probes', async () => {
    const before = setUpProber('readiness', { initialDelaySeconds: 5 }, { mode })
    const between = setUpProber('readiness', {}, { mode })
    const during = setUpProber(
      'readiness',
      {},
      {
        mode,
        run: (signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve({ outcome: 'success', message: '' }))
          }),
      },
    )
    for (const { prober, clock, runs, changes } of [before, between, during]) {
      prober.start()
      await clock.settle()
      const seen = [runs.length, changes.length]
      prober.stop()
      await clock.advance(60_000)
      expect([runs.length, changes.length]).toEqual(seen)
      expect(clock.pending).toBe(0)
    }
  })
})
