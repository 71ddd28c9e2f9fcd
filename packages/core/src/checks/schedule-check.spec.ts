import { describe, expect, it } from 'vitest'
import { createEmitter } from '../events/emitter.ts'
import type { LifecycleEvent } from '../events/event.ts'
import { createFakeClock } from '../testing.ts'
import type { Check, CheckOutcome, CheckRun } from './check.ts'
import { resolveCheck } from './resolve-check.ts'
import { scheduleCheck } from './schedule-check.ts'

/** A check that runs each 1000 ms, for 100 ms at most. */
function setUp(run: CheckRun, policy: Omit<Partial<Check>, 'run' | 'scope' | 'probes'> = {}) {
  const clock = createFakeClock()
  const emitter = createEmitter('orders', clock, () => undefined)
  const events: LifecycleEvent[] = []
  emitter.subscribe((event) => void events.push(event))
  const check = resolveCheck({ name: 'db', intervalMs: 1000, timeoutMs: 100, jitter: 0, ...policy, run })
  return { clock, events, check: scheduleCheck(check, clock, emitter) }
}

const says = (said: unknown) => (() => said) as CheckRun
const fails = (message: string) => () => Promise.reject(new Error(message))
const throwsAtOnce = () => {
  throw new Error('no pool')
}
const never = () => new Promise<void>(() => undefined)

describe('scheduleCheck', () => {
  it('is pending before it has begun', async () => {
    const { check, clock, events } = setUp(says(undefined))
    await clock.advance(5000)
    expect(check.snapshot()).toEqual({ name: 'db', probes: ['readiness'], critical: true, status: 'pending' })
    expect(events).toEqual([])
  })

  it('runs at once, then at its interval', async () => {
    const runs: number[] = []
    const { check, clock } = setUp(() => void runs.push(clock.now()))
    check.begin()
    check.begin()
    await clock.advance(3500)
    expect(runs).toEqual([0, 1000, 2000, 3000])
  })

  it('counts the interval from the end of a run', async () => {
    const runs: number[] = []
    const { check, clock } = setUp(() => {
      runs.push(clock.now())
      return new Promise((resolve) => void clock.setTimeout(() => resolve(), 50))
    })
    check.begin()
    await clock.advance(2500)
    expect(runs).toEqual([0, 1050, 2100])
  })

  it('lets each interval differ by its jitter, and by no more', async () => {
    const runs: number[] = []
    const { check, clock } = setUp(() => void runs.push(clock.now()), { jitter: 0.2 })
    check.begin()
    await clock.advance(100_000)
    const intervals = runs.slice(1).map((at, index) => at - (runs[index] ?? 0))
    expect(Math.min(...intervals)).toBeGreaterThanOrEqual(800)
    expect(Math.max(...intervals)).toBeLessThanOrEqual(1200)
    expect(new Set(intervals).size).toBeGreaterThan(intervals.length / 2)
  })

  it.each<[string, CheckRun, object]>([
    ['nothing', says(undefined), { status: 'pass' }],
    ['a rejection', fails('refused'), { status: 'fail', output: 'refused' }],
    ['what it throws at once', throwsAtOnce, { status: 'fail', output: 'no pool' }],
    [
      'a warning',
      says({ status: 'warn', output: 'lag 3 s', data: { lagMs: 3000 } }),
      { status: 'warn', output: 'lag 3 s', data: { lagMs: 3000 } },
    ],
    ['a failure in words', says({ status: 'fail', output: 'read-only' }), { status: 'fail', output: 'read-only' }],
    ["its client's own answer", says('PONG'), { status: 'pass' }],
    ['rows', says({ rows: [{ one: 1 }], output: 'secret' }), { status: 'pass' }],
    ['null', says(null), { status: 'pass' }],
    [
      'false',
      says(false),
      { status: 'fail', output: "Option status of check 'db' is false: pass 'pass', 'warn' or 'fail'." },
    ],
    [
      'another word',
      says({ status: 'down' }),
      { status: 'fail', output: "Option status of check 'db' is 'down': pass 'pass', 'warn' or 'fail'." },
    ],
    [
      'a response',
      says({ status: 500 }),
      { status: 'fail', output: "Option status of check 'db' is 500: pass 'pass', 'warn' or 'fail'." },
    ],
  ])('takes %s for what it says', async (_, run, expected) => {
    const { check, clock } = setUp(run)
    check.begin()
    await clock.settle()
    const { status, output, data } = check.snapshot()
    expect({ status, ...(output === undefined ? {} : { output }), ...(data === undefined ? {} : { data }) }).toEqual(
      expected,
    )
  })

  it('aborts a run at its timeout and counts it as failed', async () => {
    let seen: AbortSignal | undefined
    const { check, clock } = setUp(({ signal }) => {
      seen = signal
      return never()
    })
    check.begin()
    await clock.advance(99)
    expect(seen?.aborted).toBe(false)
    expect(check.snapshot().status).toBe('pending')
    await clock.advance(1)
    expect(seen?.reason).toMatchObject({ code: 'LASTCALL_TIMEOUT' })
    expect(check.snapshot()).toMatchObject({ status: 'fail', output: 'no answer within 100 ms', observedAt: 100 })
  })

  it('starts no second run while one that ignores its signal still hangs', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let runs = 0
    const { check, clock } = setUp(() => (runs++ === 0 ? promise : undefined))
    check.begin()
    await clock.advance(60_000)
    expect(runs).toBe(1)
    resolve()
    await clock.advance(1000)
    expect(runs).toBe(2)
    expect(check.snapshot().status).toBe('pass')
  })

  it('does not believe what comes after the timeout', async () => {
    const { promise, resolve } = Promise.withResolvers<CheckOutcome>()
    const { check, clock, events } = setUp(() => promise)
    check.begin()
    await clock.advance(100)
    resolve({ status: 'pass' })
    await clock.settle()
    expect(check.snapshot()).toMatchObject({ status: 'fail', output: 'no answer within 100 ms' })
    expect(events.filter(({ type }) => type === 'check:end')).toHaveLength(1)
  })

  it('goes on after a late rejection', async () => {
    const { promise, reject } = Promise.withResolvers<void>()
    let runs = 0
    const { check, clock } = setUp(() => (runs++ === 0 ? promise : undefined))
    check.begin()
    await clock.advance(500)
    reject(new Error('reset'))
    await clock.advance(1000)
    expect(runs).toBe(2)
  })

  it('applies its thresholds', async () => {
    const results = ['pass', 'fail', 'fail', 'pass', 'pass'] as const
    let next = 0
    const { check, clock } = setUp(() => ({ status: results[next++] ?? 'pass' }), {
      successThreshold: 2,
      failureThreshold: 2,
    })
    const statuses: string[] = []
    check.begin()
    for (const _ of results) {
      await clock.settle()
      statuses.push(check.snapshot().status)
      await clock.advance(1000)
    }
    expect(statuses).toEqual(['pending', 'fail', 'fail', 'fail', 'pass'])
  })

  it('says when its last result becomes too old', async () => {
    const { check, clock } = setUp(says(undefined), { staleAfterMs: 2500 })
    await clock.advance(10)
    check.begin()
    await clock.settle()
    expect(check.snapshot()).toMatchObject({ observedAt: 10, staleAt: 2510 })
  })

  it('is critical until it has passed once, and no more from then on, when it fails open', async () => {
    let passes = false
    const { check, clock } = setUp(() => (passes ? undefined : Promise.reject(new Error('refused'))), {
      failOpen: true,
    })
    check.begin()
    await clock.settle()
    expect(check.snapshot()).toMatchObject({ critical: true, status: 'fail' })
    passes = true
    await clock.advance(1000)
    expect(check.snapshot()).toMatchObject({ critical: false, status: 'pass' })
    passes = false
    await clock.advance(1000)
    expect(check.snapshot()).toMatchObject({ critical: false, status: 'fail' })
  })

  it('stays a warning when it is not critical', () => {
    expect(setUp(says(undefined), { critical: false }).check.snapshot().critical).toBe(false)
  })

  it('ends: aborts the run under way, runs no more, leaves no timer, and its last result does not age', async () => {
    const signals: AbortSignal[] = []
    const { check, clock } = setUp(({ signal }) => {
      signals.push(signal)
      return signals.length === 1 ? undefined : never()
    })
    check.begin()
    await clock.advance(1050)
    check.end()
    expect(signals[1]?.aborted).toBe(true)
    expect(signals[1]?.reason).toMatchObject({ name: 'AbortError' })
    await clock.settle()
    expect(clock.pending).toBe(0)
    check.begin()
    await clock.advance(60_000)
    expect(signals).toHaveLength(2)
    expect(check.snapshot()).toEqual({
      name: 'db',
      probes: ['readiness'],
      critical: true,
      status: 'pass',
      observedAt: 0,
    })
  })

  it('tells of each run in a pair of events, and of each change', async () => {
    const error = new Error('refused')
    let passes = true
    const { check, clock, events } = setUp(() => (passes ? undefined : Promise.reject(error)))
    check.begin()
    await clock.settle()
    passes = false
    await clock.advance(2000)
    const base = { lifecycle: 'orders', check: 'db' }
    expect(events).toEqual([
      { ...base, type: 'check:begin', at: 0 },
      { ...base, type: 'check:end', at: 0, durationMs: 0, status: 'pass' },
      { ...base, type: 'check:change', at: 0, from: 'pending', to: 'pass' },
      { ...base, type: 'check:begin', at: 1000 },
      { ...base, type: 'check:end', at: 1000, durationMs: 0, status: 'fail', output: 'refused', error },
      { ...base, type: 'check:change', at: 1000, from: 'pass', to: 'fail', output: 'refused' },
      { ...base, type: 'check:begin', at: 2000 },
      { ...base, type: 'check:end', at: 2000, durationMs: 0, status: 'fail', output: 'refused', error },
    ])
  })
})
