import { createFakeClock, createFakeProcess } from '@lastcall/testing'
import { createLifecycle, type Lifecycle } from '@lastcall/core'
import { afterEach, describe, expect, it } from 'vitest'
import { addHooks } from './add-hooks.ts'
import type { TerminusOptions } from './options.ts'
import { resolveLifecycle } from './resolve-lifecycle.ts'
import type { TerminusProcess } from './terminus-process.ts'

/** Terminus' own semantics on a fake clock and a fake process, with hooks that log. */
function run(options: TerminusOptions = {}) {
  const clock = createFakeClock()
  const raised: string[] = []
  const process = Object.assign(createFakeProcess(), { raise: (signal: string) => void raised.push(signal) })
  const lifecycle = resolveLifecycle(options, { process: process satisfies TerminusProcess, clock })
  addHooks(lifecycle, options)
  return { clock, process, lifecycle, raised }
}

/** Listens to the real process: gone when the test is over. */
const made: Lifecycle[] = []
const resolve = (options: TerminusOptions) => {
  const lifecycle = resolveLifecycle(options)
  made.push(lifecycle)
  return lifecycle
}
afterEach(() => made.splice(0).forEach((lifecycle) => lifecycle.dispose()))

describe('resolveLifecycle without a lifecycle', () => {
  it('has the defaults of terminus: SIGTERM, 1000 ms for the drain, no lame duck, no uncaught errors', () => {
    const { lifecycle, process } = run()
    expect(lifecycle.options).toMatchObject({
      ...{ signals: ['SIGTERM'], drainTimeoutMs: 1000, exit: false },
      lameDuck: { minMs: 0, quietMs: 0, maxMs: 0 },
    })
    expect(process.listenedSignals).toEqual(['SIGTERM'])
  })

  it.each([
    [0, 0],
    [-1, 0],
    ['250', 250],
    [Infinity, 2 ** 31 - 1],
    ['never', 2 ** 31 - 1],
  ])('takes a timeout of %s as a timer does', (timeout, drainTimeoutMs) => {
    expect(run({ timeout: timeout as number }).lifecycle.options).toMatchObject({ drainTimeoutMs })
  })

  it('waits for beforeShutdown as long as terminus would, and dies of the signal', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { clock, process, lifecycle, raised } = run({ beforeShutdown: () => promise })
    process.kill('SIGTERM')
    await clock.advance(120_000)
    expect(lifecycle.state).toMatchObject({ phase: 'lameDuck' })
    resolve()
    await clock.runUntil(lifecycle.shutdown())
    await clock.advance(1)
    expect(raised).toEqual(['SIGTERM'])
    // The fake process outlives the signal, as PID 1 does.
    expect(process.exits).toEqual([143])
  })

  it.each(['beforeShutdown', 'onSignal', 'onShutdown'] as const)(
    'abandons %s when it hangs, tells the logger and exits with 1',
    async (hook) => {
      const log: unknown[] = []
      const options = { [hook]: () => new Promise(() => {}), logger: (...args: unknown[]) => void log.push(args) }
      const { clock, process } = run(options)
      process.kill('SIGTERM')
      await clock.advance(299_999)
      expect(process.exits).toEqual([])
      await clock.advance(2)
      expect(process.exits).toEqual([1])
      const error = expect.objectContaining({ code: 'LASTCALL_TIMEOUT' })
      expect(log).toEqual([['error happened during shutdown', error]])
    },
  )

  it('climbs a rung at each further signal, over hooks that hang', async () => {
    const hang = () => new Promise(() => {})
    const { clock, process, lifecycle } = run({ signals: ['SIGINT'], beforeShutdown: hang, onSignal: hang })
    const phases: unknown[] = []
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGTERM', 'SIGINT']) {
      process.kill(signal)
      await clock.advance(1)
      phases.push(lifecycle.state.name === 'draining' ? lifecycle.state.phase : process.exits)
    }
    expect(phases).toEqual(['lameDuck', 'lameDuck', 'close', [130]])
  })
})

describe('resolveLifecycle with a lifecycle', () => {
  it('takes it as it is', () => {
    const lifecycle = createLifecycle({ signals: false, exit: false })
    expect(resolve({ lifecycle, onSignal: async () => {}, useExit0: true })).toBe(lifecycle)
  })

  it.each([{ signal: 'SIGINT' }, { signals: ['SIGINT'] }, { timeout: 5000 }])('refuses %j beside it', (options) => {
    const lifecycle = createLifecycle({ name: 'orders', signals: false, exit: false })
    expect(() => resolveLifecycle({ ...options, lifecycle })).toThrow(
      expect.objectContaining({
        code: 'LASTCALL_INVALID_OPTION',
        message: expect.stringMatching(
          /^createTerminus was given a lifecycle and (signals?|timeout):.*'orders'.*leave/,
        ),
      }),
    )
  })

  it('makes and starts one of its options, with the defaults of createLifecycle', async () => {
    const process = createFakeProcess({ env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } })
    const lifecycle = resolve({ lifecycle: { name: 'orders', process } })
    await lifecycle.start()
    expect(lifecycle).toMatchObject({ name: 'orders', state: { name: 'running' } })
    expect(lifecycle.options).toMatchObject({
      ...{ platform: 'kubernetes', signals: ['SIGTERM', 'SIGINT', 'SIGHUP'], exit: { success: 0, failure: 1 } },
      lameDuck: { minMs: 5000 },
    })
  })

  it('applies the options of terminus to it, and its own before them', () => {
    const process = createFakeProcess()
    const lifecycle = { process, drainTimeoutMs: 3000 }
    expect(resolve({ timeout: 2000, signals: ['SIGINT'], lifecycle: { process } }).options).toMatchObject({
      ...{ drainTimeoutMs: 2000, signals: ['SIGINT', 'SIGTERM'] },
    })
    expect(resolve({ timeout: 2000, lifecycle }).options).toMatchObject({ drainTimeoutMs: 3000 })
  })

  it('says which phase does not fit the grace period', () => {
    expect(() => resolve({ timeout: 60_000, lifecycle: { process: createFakeProcess() } })).toThrow(/drain 60000/)
  })
})
