import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { createTicker } from './ticker.ts'

function setUp() {
  const clock = createFakeClock()
  const ticker = createTicker(clock, 1000)
  const beats: string[] = []
  const listen = async () => {
    for (let beat = await ticker.next(); ; beat = await ticker.next()) {
      beats.push(`${beat} ${clock.now()}`)
      if (beat === 'stop') return
    }
  }
  return { clock, ticker, beats, listen }
}

describe('createTicker', () => {
  it('beats in steady steps', async () => {
    const { clock, ticker, beats, listen } = setUp()
    ticker.reset()
    void listen()
    await clock.advance(3500)
    expect(beats).toEqual(['tick 1000', 'tick 2000', 'tick 3000'])
  })

  it('makes one of the beats that nobody waited for, and keeps step', async () => {
    const { clock, ticker, beats, listen } = setUp()
    ticker.reset()
    await clock.advance(2500)
    void listen()
    await clock.advance(1000)
    expect(beats).toEqual(['tick 2500', 'tick 3000'])
  })

  it('keeps step where a timer fires late', async () => {
    const { clock, ticker, beats, listen } = setUp()
    ticker.reset()
    void listen()
    clock.block(1300)
    await clock.advance(1000)
    expect(beats).toEqual(['tick 1300', 'tick 2000'])
  })

  it('starts its steps anew at a trigger, and forgets the beat that was due', async () => {
    const { clock, ticker, beats, listen } = setUp()
    ticker.reset()
    await clock.advance(1500)
    ticker.trigger()
    void listen()
    await clock.advance(1500)
    expect(beats).toEqual(['trigger 1500', 'tick 2500'])
  })

  it('makes one of several triggers', async () => {
    const { clock, ticker, beats, listen } = setUp()
    ticker.reset()
    void listen()
    ticker.trigger()
    ticker.trigger()
    await clock.settle()
    expect(beats).toEqual(['trigger 0'])
  })

  it('stops for ever, whoever waits', async () => {
    const { clock, ticker, beats, listen } = setUp()
    ticker.reset()
    void listen()
    ticker.stop()
    ticker.reset()
    ticker.trigger()
    await clock.settle()
    expect(beats).toEqual(['stop 0'])
    expect(await ticker.next()).toBe('stop')
    expect(clock.pending).toBe(0)
  })
})
