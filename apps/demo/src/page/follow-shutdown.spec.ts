import { createLifecycle } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { followShutdown } from './follow-shutdown.ts'

describe('followShutdown', () => {
  it('tells what has begun and what is over, phase by phase', async () => {
    const lifecycle = createLifecycle({ signals: false, exit: false, platform: 'local' })
    const shutdown = followShutdown(lifecycle)
    const { promise: closing, resolve: close } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    lifecycle.use({
      name: 'database',
      stop() {
        begin()
        return closing
      },
    })
    await lifecycle.start()
    expect(shutdown()).toBeUndefined()

    const ended = lifecycle.shutdown('a test')
    await begun
    expect(shutdown()).toMatchObject({ reason: 'a test', deadlineMs: 9000 })
    expect(shutdown()?.phases.map(({ phase, durationMs }) => [phase, durationMs !== undefined])).toEqual([
      ['lameDuck', true],
      ['announce', true],
      ['drain', true],
      ['close', false],
    ])
    expect(shutdown()?.steps).toEqual([{ name: 'database', phase: 'close', startedMs: expect.any(Number) }])

    close()
    const { phases } = await ended
    for (const { phase, durationMs, timedOut } of phases) {
      expect(shutdown()?.phases.find((each) => each.phase === phase)).toMatchObject({ durationMs, timedOut })
    }
    expect(shutdown()?.steps).toMatchObject([{ name: 'database', outcome: 'ok' }])
  })
})
