import { describe, expect, it } from 'vitest'
import { fakeServer, setUp } from '../../test/set-up.ts'

describe('holds', () => {
  it('tell of their begin and end with how long they lasted', async () => {
    const { lifecycle, clock, events } = setUp()
    const hold = lifecycle.hold('export')
    await clock.advance(250)
    hold.release()
    expect(events.filter(({ type }) => type.startsWith('hold:'))).toEqual([
      expect.objectContaining({ type: 'hold:begin', hold: 'export' }),
      expect.objectContaining({ type: 'hold:end', hold: 'export', durationMs: 250 }),
    ])
  })

  it('of one name are counted each', async () => {
    const { lifecycle, clock } = setUp()
    const first = lifecycle.hold('job')
    const second = lifecycle.hold('job')
    const done = lifecycle.shutdown()
    first.release()
    await clock.settle()
    expect(lifecycle.state).toMatchObject({ phase: 'drain' })
    second.release()
    expect((await clock.runUntil(done)).outcome).toBe('clean')
  })

  it('may be acquired while draining, as part of what is in flight', async () => {
    const { lifecycle, clock } = setUp()
    const parent = lifecycle.hold('request')
    const done = lifecycle.shutdown()
    await clock.settle()
    const child = lifecycle.hold('its job')
    parent.release()
    await clock.settle()
    expect(lifecycle.inFlight()).toMatchObject([{ name: 'its job' }])
    child.release()
    expect((await clock.runUntil(done)).outcome).toBe('clean')
  })
})

describe('hold', () => {
  it('keeps the drain waiting until it is released', async () => {
    const { lifecycle, clock } = setUp()
    await lifecycle.start()
    const hold = lifecycle.hold('charge card')
    const done = lifecycle.shutdown()
    await clock.advance(1000)
    expect(lifecycle.state).toMatchObject({ phase: 'drain' })
    hold.release()
    hold.release()
    expect(await clock.runUntil(done)).toMatchObject({
      outcome: 'clean',
      durationMs: 1000,
      inFlight: [{ kind: 'hold', name: 'charge card' }],
    })
  })

  it('is named in the report when it is not released by the deadline of the drain', async () => {
    const { lifecycle, clock } = setUp()
    lifecycle.hold('charge card')
    const report = await clock.runUntil(lifecycle.shutdown())
    expect(report).toMatchObject({
      outcome: 'cut',
      cut: [{ kind: 'hold', name: 'charge card', ageMs: lifecycle.options.drainTimeoutMs }],
    })
  })

  it('lasts as long as the work it is given, also when that fails, and passes its result on', async () => {
    const { lifecycle } = setUp()
    expect(await lifecycle.hold('sum', () => 3)).toBe(3)
    await expect(lifecycle.hold('fail', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(lifecycle.inFlight()).toEqual([])
  })

  it('hands its work the signal that tells when to give up', async () => {
    const { lifecycle, clock } = setUp()
    const work = lifecycle.hold(
      'obedient',
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    const failed = expect(work).rejects.toMatchObject({ code: 'LASTCALL_TIMEOUT' })
    expect(await clock.runUntil(lifecycle.shutdown())).toMatchObject({ outcome: 'clean', cut: [] })
    await failed
  })

  it('releases itself at the end of a using block', () => {
    const { lifecycle } = setUp()
    const hold = lifecycle.hold('block')
    hold[Symbol.dispose]()
    expect(lifecycle.inFlight()).toEqual([])
  })

  it('is waited for when a request in flight takes it while the drain runs', async () => {
    const { lifecycle, clock, sleep } = setUp()
    const server = fakeServer()
    lifecycle.attach(server.drainable)
    const done = lifecycle.shutdown()
    await sleepThenHold()
    const { outcome, durationMs } = await clock.runUntil(done)
    expect([outcome, durationMs]).toEqual(['clean', 1500])

    async function sleepThenHold() {
      await clock.advance(1000)
      void lifecycle.hold('its job', () => sleep(500))
      server.finish()
    }
  })

  it('rejects, and does not throw, when its work comes too late', async () => {
    const { lifecycle, clock } = setUp()
    await clock.runUntil(lifecycle.shutdown())
    await expect(lifecycle.hold('late', () => undefined)).rejects.toMatchObject({ code: 'LASTCALL_SHUTTING_DOWN' })
  })

  it('is refused when the drain is over', async () => {
    const { lifecycle, clock } = setUp()
    await clock.runUntil(lifecycle.shutdown())
    expect(() => lifecycle.hold('late')).toThrow(expect.objectContaining({ code: 'LASTCALL_SHUTTING_DOWN' }))
  })
})
