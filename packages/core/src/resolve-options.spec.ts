import { describe, expect, it } from 'vitest'
import type { LifecycleOptions } from './options.ts'
import { nodeProcess } from './ports/node-process.ts'
import { resolveOptions } from './resolve-options.ts'
import { createFakeProcess } from './testing.ts'

const resolve = (options: LifecycleOptions = {}, process = createFakeProcess()) => resolveOptions(options, process)

describe('resolveOptions', () => {
  it('applies every default', () => {
    expect(resolve()).toEqual({
      ...{ name: 'service', platform: 'local' },
      ...{ gracePeriodMs: 10_000, marginMs: 1000, deadlineMs: 9000, lameDuck: { minMs: 0, quietMs: 0, maxMs: 0 } },
      ...{ announceTimeoutMs: 900, drainTimeoutMs: 5400, closeTimeoutMs: 1800, flushTimeoutMs: 900 },
      ...{ readinessWhileDraining: 'fail', details: 'never' },
      ...{ signals: ['SIGTERM', 'SIGINT', 'SIGHUP'], exit: { success: 0, failure: 1 } },
    })
  })

  it('keeps what is said', () => {
    const details = () => true
    const said = {
      ...{ name: 'orders', platform: 'kubernetes', gracePeriodMs: 60_000, marginMs: 2000 },
      ...{ lameDuck: { minMs: 3000, quietMs: 200, maxMs: 4000 }, announceTimeoutMs: 1000, drainTimeoutMs: 20_000 },
      ...{ closeTimeoutMs: 4000, flushTimeoutMs: 500, readinessWhileDraining: 'serve', details },
      ...{ signals: ['SIGUSR2'], exit: { success: 3, failure: 4 } },
    } as const satisfies LifecycleOptions
    expect(resolve(said)).toEqual({ ...said, deadlineMs: 58_000 })
  })

  it('detects the platform, unless it is told', () => {
    const process = createFakeProcess({ env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } })
    expect(resolve({}, process)).toMatchObject({ platform: 'kubernetes', gracePeriodMs: 30_000 })
    expect(resolve({ platform: 'systemd' }, process)).toMatchObject({ platform: 'systemd', gracePeriodMs: 90_000 })
  })

  it.each<[string, LifecycleOptions, object]>([
    ['the signals', { signals: false }, { signals: false }],
    ['every signal', { signals: [] }, { signals: [] }],
    ['the exit', { exit: false }, { exit: false }],
  ])('leaves %s to the host where it is told to', (_, options, expected) => {
    expect(resolve(options)).toMatchObject(expected)
  })

  it.each<[LifecycleOptions['exit'], object]>([
    [true, { success: 0, failure: 1 }],
    [{}, { success: 0, failure: 1 }],
    [{ success: 0 }, { success: 0, failure: 1 }],
    [{ failure: 0 }, { success: 0, failure: 0 }],
    [{ success: 255 }, { success: 255, failure: 1 }],
  ])('takes %o for the exit codes', (exit, expected) => {
    expect(resolve(exit === undefined ? {} : { exit }).exit).toEqual(expected)
  })

  it('hears each signal once, and keeps a list of its own', () => {
    const signals = ['SIGTERM', 'SIGINT', 'SIGTERM']
    const resolved = resolve({ signals })
    signals.push('SIGHUP')
    expect(resolved.signals).toEqual(['SIGTERM', 'SIGINT'])
  })

  it.each<[string, object, string]>([
    ['name', { name: '' }, 'the name of the service'],
    ['platform', { platform: 'eks' }, 'one of local, kubernetes, '],
    ['platform', { platform: 'toString' }, 'one of local, kubernetes, '],
    ['readinessWhileDraining', { readinessWhileDraining: 'maybe' }, "'fail' or 'serve'"],
    ['signals', { signals: ['SIGKILL'] }, 'signals that a process can handle, such as SIGTERM'],
    ['signals', { signals: ['SIGTERM', 'TERM'] }, 'signals that a process can handle, such as SIGTERM'],
    ['exit', { exit: { success: 256 } }, 'exit codes from 0 to 255'],
    ['exit', { exit: { failure: -1 } }, 'exit codes from 0 to 255'],
    ['exit', { exit: { failure: 1.5 } }, 'exit codes from 0 to 255'],
    ['gracePeriodMs', { gracePeriodMs: '30' }, 'a number of milliseconds, 1 or more'],
    ['lameDuck.maxMs', { lameDuck: { minMs: 5, maxMs: 4 } }, 'a number of milliseconds, 5 or more'],
  ])('refuses a bad %s: %o', (option, options, expected) => {
    const refused = () => resolve(options)
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_INVALID_OPTION' }))
    expect(refused).toThrow(new RegExp(`^Option ${option} is `))
    expect(refused).toThrow(`: pass ${expected}`)
  })

  it.each(['SIGKILL', 'SIGSTOP'])('refuses %s, which the system has and no process can handle', (signal) => {
    expect(() => resolveOptions({ signals: [signal] }, nodeProcess())).toThrow(`Option signals is '${signal}'`)
  })

  it('refuses a budget that does not fit', () => {
    const refused = () => resolve({ name: 'orders', drainTimeoutMs: 60_000 })
    expect(refused).toThrow(expect.objectContaining({ code: 'LASTCALL_BUDGET_EXCEEDED' }))
  })
})
