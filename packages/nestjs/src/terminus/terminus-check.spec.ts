import { createLifecycle } from '@lastcall/core'
import { createFakeClock, createFakeProcess } from '@lastcall/testing'
import * as terminus from '@nestjs/terminus'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { type TerminusCheck, terminusCheck } from './terminus-check.ts'

const { signal } = new AbortController()
const health = new terminus.HealthIndicatorService()
const run = (check: TerminusCheck['run']) => terminusCheck({ name: 'db', run: check }).run({ signal })

/** How an indicator said `down` before Terminus 11; 12 has no such class any more. */
class OlderError extends Error {
  readonly causes: unknown
  constructor(message: string, causes: unknown) {
    super(message)
    this.causes = causes
  }
}
const HealthCheckError: typeof OlderError = Reflect.get(terminus, 'HealthCheckError') ?? OlderError

describe('terminusCheck', () => {
  it('keeps the policy of a check, and brings its signal to what runs', () => {
    const policy = {
      name: 'db',
      intervalMs: 10_000,
      failureThreshold: 3,
      scope: 'shared',
      probes: ['startup'],
    } as const
    let given: AbortSignal | undefined
    const check = terminusCheck({ ...policy, run: (context) => void (given = context.signal) })
    void check.run({ signal })

    expect(check).toMatchObject(policy)
    expect(given).toBe(signal)
    // @ts-expect-error What the fleet shares is no matter of liveness.
    expectTypeOf(() => terminusCheck({ ...policy, probes: ['liveness'], run: () => {} })).toBeFunction()
  })

  it('takes what indicators give, now or later, and what checks give', async () => {
    expect(await run(() => health.check('db').up())).toEqual({ status: 'pass' })
    expect(await run(async () => health.check('db').down('no route'))).toEqual({
      status: 'fail',
      output: 'db is down: no route',
    })
    expect(await run(() => ({ status: 'warn', output: 'lags' }))).toEqual({ status: 'warn', output: 'lags' })
    expect(await run(() => {})).toBeUndefined()
  })

  it('takes the error by which indicators said down, and passes on every other', async () => {
    const causes = { db: { status: 'down', message: 'no route' } }
    const thrown = (error: Error) => run(() => Promise.reject(error))
    expect(await thrown(new HealthCheckError('db failed', causes))).toEqual({
      status: 'fail',
      output: 'db is down: no route',
    })
    await expect(thrown(new HealthCheckError('db failed', 'no route'))).rejects.toThrow('db failed')
    await expect(thrown(new Error('a bug'))).rejects.toThrow('a bug')
  })

  it('runs at the interval of the lifecycle, and turns after as many failures as it was told', async () => {
    const clock = createFakeClock()
    const lifecycle = createLifecycle({ clock, process: createFakeProcess() })
    const policy = { name: 'db', intervalMs: 1000, jitter: 0, failureThreshold: 2 }
    let runs = 0
    lifecycle.check(
      terminusCheck({ ...policy, run: () => (++runs > 1 ? health.check('db').down() : health.check('db').up()) }),
    )
    await lifecycle.start()
    const statuses = []
    for (let second = 0; second < 3; second++) {
      await clock.advance(second === 0 ? 0 : 1000)
      statuses.push(lifecycle.probe('readiness').status)
    }
    expect(statuses).toEqual(['pass', 'pass', 'fail'])
    expect(runs).toBe(3)
    lifecycle.dispose()
  })
})

const attempts = 'HealthCheckAttempt' in terminus

describe.runIf(attempts)('terminusCheck of an attempt, which Terminus has from 12 on', () => {
  let hung: { signal: AbortSignal } | undefined
  beforeEach(() => (hung = undefined))
  afterEach(() => expect(hung).toBeDefined())

  const attempt = () =>
    health.check('db').attempt((context) => {
      hung = context
      return new Promise(() => {})
    })

  it('has its signal abort at the timeout of the check', async () => {
    const check = terminusCheck({ name: 'db', timeoutMs: 20, run: attempt })
    expect(await check.run({ signal })).toMatchObject({
      status: 'fail',
      output: 'db is down: timeout of 20ms exceeded',
    })
    expect(hung?.signal.aborted).toBe(true)
  })

  it('leaves it the timeout that it has', async () => {
    const check = terminusCheck({ name: 'db', timeoutMs: 60_000, run: () => attempt().withTimeout(10) })
    expect(await check.run({ signal })).toMatchObject({ output: 'db is down: timeout of 10ms exceeded' })
  })
})
