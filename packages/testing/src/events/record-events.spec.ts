import { createLifecycle } from '@lastcall/core'
import { createFakeClock, createFakeProcess } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { recordEvents } from './record-events.ts'

const create = () => createLifecycle({ process: createFakeProcess(), clock: createFakeClock(), platform: 'local' })

describe('recordEvents', () => {
  it('lists what happened, in order, with its types', async () => {
    const lifecycle = create()
    const recorder = recordEvents(lifecycle)
    await lifecycle.start()
    expect(recorder.types).toContain('start:begin')
    expect(recorder.types.indexOf('start:begin')).toBeLessThan(recorder.types.indexOf('start:end'))
    expect(recorder.types).toEqual(recorder.events.map(({ type }) => type))
    expect(recorder.of('state:change').map(({ from, to }) => [from.name, to.name])).toEqual([['starting', 'running']])
  })

  it('waits for an event that fits, and gives one that is there already', async () => {
    const lifecycle = create()
    const recorder = recordEvents(lifecycle)
    const running = recorder.waitFor('state:change', ({ to }) => to.name === 'running')
    await lifecycle.start()
    expect((await running).to.name).toBe('running')
    expect(await recorder.waitFor('start:begin')).toBe(recorder.of('start:begin')[0])
  })

  it('rejects with the types it saw when the event does not come', async () => {
    const lifecycle = create()
    const recorder = recordEvents(lifecycle)
    await lifecycle.start()
    const waiting = recorder.waitFor('shutdown:end', undefined, { timeoutMs: 20 })
    await expect(waiting).rejects.toThrow(/the event shutdown:end among: start:begin, /)
  })

  it('keeps what it has, and records no more, when it is stopped or disposed', async () => {
    const lifecycle = create()
    const stopped = recordEvents(lifecycle)
    {
      using recorder = recordEvents(lifecycle)
      expect(recorder.events).toEqual([])
    }
    stopped.stop()
    await lifecycle.start()
    expect(stopped.events).toEqual([])
  })
})
