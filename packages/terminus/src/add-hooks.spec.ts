import { createLifecycle } from '@lastcall/core'
import { createFakeClock } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { addHooks } from './add-hooks.ts'
import type { TerminusOptions } from './options.ts'

/** Shuts a lifecycle down that has a component, a request in flight and the hooks; says what happened. */
async function shutDown(options: TerminusOptions = {}) {
  const clock = createFakeClock()
  const log: unknown[] = []
  const lifecycle = createLifecycle({ signals: false, exit: false, clock, platform: 'local' })
  lifecycle.use({ name: 'db', stop: () => void log.push('db stops') })
  const hook = (name: string) => async () => void log.push(name)
  addHooks(lifecycle, {
    ...{ beforeShutdown: hook('beforeShutdown'), onSignal: hook('onSignal'), onShutdown: hook('onShutdown') },
    logger: (message, error) => void log.push(`${message}: ${error.message}`),
    ...options,
  })
  await lifecycle.start()
  const hold = lifecycle.hold('a request')
  clock.setTimeout(() => {
    log.push('the request ends')
    hold.release()
  }, 100)
  const report = await clock.runUntil(lifecycle.shutdown())
  return { log, report }
}

describe('addHooks', () => {
  it('has the hooks run where terminus has them: onSignal before components stop, onShutdown last', async () => {
    const { log, report } = await shutDown()
    expect(log).toEqual(['beforeShutdown', 'the request ends', 'onSignal', 'db stops', 'onShutdown'])
    expect(report).toMatchObject({
      outcome: 'clean',
      hooks: [{ name: 'beforeShutdown', phase: 'announce' }, {}, {}, {}],
    })
  })

  it('takes onSigterm where there is no onSignal', async () => {
    const onSigterm = () => Promise.reject(new Error('no'))
    expect((await shutDown({ onSigterm })).report).toMatchObject({ outcome: 'clean' })
    const { report } = await shutDown({ onSigterm, onSignal: undefined as never })
    expect(report).toMatchObject({ outcome: 'failed' })
  })

  it('tells the logger of a hook that fails, and runs the others', async () => {
    const { log, report } = await shutDown({ onSignal: () => Promise.reject(new Error('no')) })
    expect(report).toMatchObject({ outcome: 'failed', exitCode: 1 })
    expect(log.slice(-3)).toEqual(['error happened during shutdown: no', 'db stops', 'onShutdown'])
  })
})
