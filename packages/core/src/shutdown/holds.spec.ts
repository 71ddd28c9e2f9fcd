import { describe, expect, it } from 'vitest'
import { setUp } from '../../test/set-up.ts'

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
