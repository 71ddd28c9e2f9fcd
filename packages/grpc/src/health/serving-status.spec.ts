import { createLifecycle } from '@lastcall/core'
import { createFakeClock, createFakeProcess } from '@lastcall/testing'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { servingStatus } from './serving-status.ts'

describe('servingStatus', () => {
  it.each([
    ['pass', 'SERVING'],
    ['warn', 'SERVING'],
    ['fail', 'NOT_SERVING'],
  ] as const)('says of a service whose check says %s: %s', async (status, expected) => {
    const lifecycle = createLifecycle({ process: createFakeProcess(), clock: createFakeClock() })
    lifecycle.check({ name: 'db', critical: false, run: () => ({ status }) })
    expect(servingStatus(lifecycle, ['db'])).toBe('NOT_SERVING')
    await lifecycle.start()
    await turn()
    expect(servingStatus(lifecycle, ['db'])).toBe(expected)
    expect(servingStatus(lifecycle, 'readiness')).toBe('SERVING')
  })

  it('says NOT_SERVING of a service once the result of its check is too old', async () => {
    const clock = createFakeClock()
    let lateMs = 0
    const late = { ...clock, now: () => clock.now() + lateMs }
    const lifecycle = createLifecycle({ process: createFakeProcess(), clock: late })
    lifecycle.check({ name: 'db', critical: false, run: () => {} })
    await lifecycle.start()
    await turn()
    expect(servingStatus(lifecycle, ['db'])).toBe('SERVING')
    lateMs = 60_000 // As after a block of the event loop.
    expect(servingStatus(lifecycle, ['db'])).toBe('NOT_SERVING')
  })

  it('asks for every check of a service, and says UNKNOWN when one is not there', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess(), clock: createFakeClock() })
    lifecycle.check({ name: 'db', run: () => {} })
    lifecycle.check({ name: 'cache', critical: false, run: () => ({ status: 'fail' }) })
    await lifecycle.start()
    await turn()
    expect(servingStatus(lifecycle, [])).toBe('SERVING')
    expect(servingStatus(lifecycle, ['db', 'cache'])).toBe('NOT_SERVING')
    expect(servingStatus(lifecycle, ['db', 'cach'])).toBe('UNKNOWN')
  })
})
