import { describe, expect, it } from 'vitest'
import { hang, setUp } from '../../test/set-up.ts'

describe('onShutdown', () => {
  it('runs hooks in the order of their phases, with the reason', async () => {
    const { lifecycle, clock } = setUp()
    const seen: string[] = []
    for (const phase of ['flush', 'close', 'drain', 'announce'] as const) {
      lifecycle.onShutdown(phase, ({ reason }) => void seen.push(`${phase} ${reason.text}`), { phase })
    }
    await clock.runUntil(lifecycle.shutdown('deploy'))
    expect(seen).toEqual(['announce deploy', 'drain deploy', 'close deploy', 'flush deploy'])
  })

  it('belongs to the phase close when nothing is said', async () => {
    const { lifecycle, clock } = setUp()
    lifecycle.onShutdown('metrics', () => undefined)
    expect((await clock.runUntil(lifecycle.shutdown())).hooks).toMatchObject([
      { name: 'metrics', phase: 'close', outcome: 'ok' },
    ])
  })

  it('is taken back by what it returns', async () => {
    const { lifecycle, clock } = setUp()
    lifecycle.onShutdown('metrics', () => undefined)()
    expect((await clock.runUntil(lifecycle.shutdown())).hooks).toEqual([])
  })

  it('accepts a later phase while the shutdown runs, and refuses one that has begun', async () => {
    const { lifecycle, clock } = setUp()
    lifecycle.onShutdown(
      'drain',
      () => {
        lifecycle.onShutdown('later', () => undefined, { phase: 'flush' })
        lifecycle.onShutdown('too late', () => undefined, { phase: 'drain' })
      },
      { phase: 'drain' },
    )
    const { hooks } = await clock.runUntil(lifecycle.shutdown())
    expect(hooks).toMatchObject([
      { name: 'drain', outcome: 'failed', error: expect.stringContaining("Hook 'too late'") },
      { name: 'later', outcome: 'ok' },
    ])
    expect(() => lifecycle.onShutdown('over', () => undefined, { phase: 'flush' })).toThrow(
      expect.objectContaining({ code: 'LASTCALL_SHUTTING_DOWN' }),
    )
  })

  it('is abandoned and named when it hangs, its signal aborted at its timeout, and the others run on', async () => {
    const { lifecycle, clock } = setUp()
    let reason: unknown
    lifecycle.onShutdown(
      'hung',
      ({ signal }) => {
        signal.addEventListener('abort', () => (reason = signal.reason))
        return hang()
      },
      { timeoutMs: 300 },
    )
    lifecycle.onShutdown('fine', () => undefined)
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(reason).toMatchObject({ code: 'LASTCALL_TIMEOUT' })
    expect(report).toMatchObject({ outcome: 'failed', exitCode: 1, durationMs: 300 })
    expect(report.hooks).toMatchObject([
      { name: 'fine', outcome: 'ok' },
      { name: 'hung', outcome: 'abandoned', durationMs: 300 },
    ])
  })

  it('stops no other by failing, by promise or by throwing', async () => {
    const { lifecycle, clock } = setUp()
    lifecycle.onShutdown('throws', () => {
      throw new Error('at once')
    })
    lifecycle.onShutdown('rejects', () => Promise.reject(new Error('later')))
    lifecycle.onShutdown('fine', () => undefined)
    const { hooks } = await clock.runUntil(lifecycle.shutdown())
    expect(hooks).toHaveLength(3)
    expect(hooks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'throws', outcome: 'failed', error: 'at once' }),
        expect.objectContaining({ name: 'rejects', outcome: 'failed', error: 'later' }),
        expect.objectContaining({ name: 'fine', outcome: 'ok' }),
      ]),
    )
  })

  it('never takes longer than its phase has left', async () => {
    const { lifecycle, clock } = setUp({ flushTimeoutMs: 500 })
    lifecycle.onShutdown('hung', hang, { phase: 'flush', timeoutMs: 5000 })
    const { phases } = await clock.runUntil(lifecycle.shutdown())
    expect(phases.at(-1)).toMatchObject({ phase: 'flush', durationMs: 500, budgetMs: 500, timedOut: true })
  })
})
