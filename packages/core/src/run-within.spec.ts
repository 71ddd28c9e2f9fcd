import { describe, expect, it } from 'vitest'
import { createFakeClock } from './testing.ts'
import { runWithin } from './run-within.ts'

const never = () => new Promise<void>(() => undefined)

describe('runWithin', () => {
  it.each<[string, () => unknown, object]>([
    ['what returns', () => 7, { outcome: 'ok' }],
    ['what resolves', async () => 7, { outcome: 'ok' }],
    [
      'what throws',
      () => {
        throw new Error('boom')
      },
      { outcome: 'failed', error: new Error('boom') },
    ],
    ['what rejects', () => Promise.reject(new Error('boom')), { outcome: 'failed', error: new Error('boom') }],
    ['what rejects with nothing', () => Promise.reject(undefined), { outcome: 'failed', error: undefined }],
  ])('says how %s ended, and leaves no timer', async (_, work, expected) => {
    const clock = createFakeClock()
    expect(await runWithin(clock, 100, 'The work', work)).toEqual(expected)
    expect(clock.pending).toBe(0)
  })

  it('begins the work at once', () => {
    let begun = false
    void runWithin(createFakeClock(), 100, 'The work', () => (begun = true))
    expect(begun).toBe(true)
  })

  it('abandons at the timeout what does not end, and aborts its signal with the reason', async () => {
    const clock = createFakeClock()
    let seen: AbortSignal | undefined
    const ended = runWithin(clock, 99.6, "Hook 'flush'", (signal) => {
      seen = signal
      return never()
    })
    await clock.advance(99)
    expect(seen?.aborted).toBe(false)
    expect(await clock.runUntil(ended)).toEqual({ outcome: 'abandoned' })
    expect(clock.now()).toBe(99.6)
    expect(seen?.reason).toMatchObject({
      code: 'LASTCALL_TIMEOUT',
      message: "Hook 'flush' did not end within 100 ms: end when its signal aborts.",
    })
    expect(clock.pending).toBe(0)
  })

  it('gives what ends at once its result also without any time', async () => {
    const clock = createFakeClock()
    expect(await clock.runUntil(runWithin(clock, 0, 'The work', () => 7))).toEqual({ outcome: 'ok' })
  })

  it('says abandoned also when the work ends because its signal aborts', async () => {
    const clock = createFakeClock()
    const ended = runWithin(
      clock,
      100,
      'The work',
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    )
    expect(await clock.runUntil(ended)).toEqual({ outcome: 'abandoned' })
  })

  it('lets nothing escape that an abandoned work throws later', async () => {
    const clock = createFakeClock()
    const { promise, reject } = Promise.withResolvers<void>()
    await clock.runUntil(runWithin(clock, 100, 'The work', () => promise))
    reject(new Error('late'))
    // An unhandled rejection would fail the run.
    await clock.settle()
  })

  describe('with a parent', () => {
    it('abandons early when the parent aborts, with its reason', async () => {
      const clock = createFakeClock()
      const parent = new AbortController()
      let seen: AbortSignal | undefined
      const ended = runWithin(clock, 100, 'The work', (signal) => ((seen = signal), never()), parent.signal)
      await clock.advance(10)
      const reason = new Error('SIGTERM')
      parent.abort(reason)
      expect(await ended).toEqual({ outcome: 'abandoned' })
      expect(clock.now()).toBe(10)
      expect(seen?.reason).toBe(reason)
      expect(clock.pending).toBe(0)
    })

    it('hands an aborted signal to the work when the parent has aborted already', async () => {
      const clock = createFakeClock()
      let aborted = false
      const ended = await runWithin(
        clock,
        100,
        'The work',
        (signal) => ((aborted = signal.aborted), never()),
        AbortSignal.abort(),
      )
      expect(ended).toEqual({ outcome: 'abandoned' })
      expect(aborted).toBe(true)
      expect(clock.pending).toBe(0)
    })

    it('does not abort the work when the parent aborts after its end', async () => {
      const parent = new AbortController()
      let seen: AbortSignal | undefined
      await runWithin(createFakeClock(), 100, 'The work', (signal) => void (seen = signal), parent.signal)
      parent.abort()
      expect(seen?.aborted).toBe(false)
    })
  })
})
