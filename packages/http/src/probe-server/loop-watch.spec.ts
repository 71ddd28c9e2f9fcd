import { describe, expect, it } from 'vitest'
import { HEARTBEAT_MS, type Pulse } from './heartbeat.ts'
import { createLoopWatch } from './loop-watch.ts'

/** The lifecycle's clock in these specs is that far from the threads' one. */
const CLOCK_OFFSET = -500

function setUp() {
  let now = 10_000
  let pulse: Pulse
  const beat = () => void (pulse = { at: now, clockAt: now + CLOCK_OFFSET, debugged: false })
  beat()
  const look = createLoopWatch(
    () => pulse,
    () => now,
  )
  /** Both threads run, or the watching one alone. */
  function run(ms: number, { blocked = false } = {}): void {
    for (let passed = 0; passed < ms; passed += HEARTBEAT_MS) {
      now += HEARTBEAT_MS
      if (!blocked) beat()
      look()
    }
  }
  return { look, run, beat, freeze: (ms: number) => void (now += ms) }
}

describe('createLoopWatch', () => {
  it('sees no block while the heart beats', () => {
    const { look, run } = setUp()
    run(5000)
    expect(look()).toMatchObject({ blockedMs: 0, stalls: [] })
  })

  it('measures a block from the last beat on', () => {
    const { look, run } = setUp()
    run(1000)
    run(3000, { blocked: true })
    expect(look().blockedMs).toBe(3000)
  })

  it('says that a block is over at the next beat, and keeps it as a stall on the clock of the lifecycle', () => {
    const { look, run, beat } = setUp()
    run(3000, { blocked: true })
    beat()
    expect(look()).toMatchObject({ blockedMs: 0, stalls: [{ endedAt: 13_000 + CLOCK_OFFSET, durationMs: 3000 }] })
  })

  it('keeps no stall for a short block', () => {
    const { look, run, beat } = setUp()
    run(900, { blocked: true })
    beat()
    expect(look().stalls).toEqual([])
  })

  it('takes a time in which it did not run itself for no block, but for a stall', () => {
    const { look, freeze, beat } = setUp()
    freeze(60_000)
    expect(look().blockedMs).toBe(0)
    beat()
    expect(look().stalls).toMatchObject([{ durationMs: 60_000 }])
  })

  it('counts anew after such a time', () => {
    const { look, run, freeze } = setUp()
    run(2000, { blocked: true })
    freeze(60_000)
    look()
    run(700, { blocked: true })
    expect(look().blockedMs).toBe(700)
  })
})
