import { createFakeClock } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import type { HealthCheck } from '../options.ts'
import { createRenderer } from './render-health.ts'
import { createRunner, HEALTH_CHECK_TIMEOUT_MS } from './run-health-check.ts'

const CONTEXT = { state: { isShuttingDown: false } }

function makeRunner() {
  const clock = createFakeClock()
  const log: unknown[] = []
  const run = createRunner(clock, createRenderer({}), (...args) => void log.push(args))
  return { clock, log, run: (check: HealthCheck) => run(check, CONTEXT) }
}

describe('createRunner', () => {
  it('answers with what the check resolves with, and leaves no timer', async () => {
    const { clock, run, log } = makeRunner()
    expect(await run(async ({ state }) => state)).toMatchObject({ status: 200 })
    expect(clock.pending).toBe(0)
    expect(log).toEqual([])
  })

  it('runs a check once for all who ask at the same time, and again for who asks later', async () => {
    const { run } = makeRunner()
    let runs = 0
    const check = async () => void runs++
    await Promise.all([run(check), run(check)])
    expect(runs).toBe(1)
    await run(check)
    expect(runs).toBe(2)
  })

  it('runs a check that throws at once again for who asks later', async () => {
    const { run, log } = makeRunner()
    const check = () => {
      throw new Error('no')
    }
    expect(await run(check)).toMatchObject({ status: 503 })
    await run(check)
    expect(log).toEqual([
      ['healthcheck failed', new Error('no')],
      ['healthcheck failed', new Error('no')],
    ])
  })

  it('answers that a check failed when it hangs, and runs it anew for who asks then', async () => {
    const { clock, run, log } = makeRunner()
    let runs = 0
    const check = () => (runs++ === 0 ? new Promise(() => {}) : Promise.resolve())
    const first = run(check)
    await clock.advance(HEALTH_CHECK_TIMEOUT_MS - 1)
    const second = run(check)
    expect(runs).toBe(1)
    await clock.advance(1)
    const body = '{"status":"error"}'
    expect(await Promise.all([first, second])).toEqual([
      { status: 503, body },
      { status: 503, body },
    ])
    expect(log).toEqual([['healthcheck failed', expect.objectContaining({ code: 'LASTCALL_TIMEOUT' })]])
    expect(await run(check)).toMatchObject({ status: 200 })
  })

  it.each(['success', 'failure'] as const)('answers that it failed when a %s cannot be shown', async (kind) => {
    const { run, log } = makeRunner()
    const unshowable = { big: 1n }
    const failure = Object.assign(new Error('no'), { causes: unshowable })
    const answer = await run(() => (kind === 'success' ? Promise.resolve(unshowable) : Promise.reject(failure)))
    expect(answer).toEqual({ status: 503, body: '{"status":"error"}' })
    expect(log.at(-1)).toEqual(['healthcheck failed', expect.any(TypeError)])
  })
})
