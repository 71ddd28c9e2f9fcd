import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../testing.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import type { LifecycleEvent } from './event.ts'

function setUp(onFailure: (error: unknown, emitter: Emitter) => void = () => undefined) {
  const clock = createFakeClock(1000)
  const emitter: Emitter = createEmitter('orders', clock, (error) => onFailure(error, emitter))
  const heard: string[] = []
  const note = (event: LifecycleEvent) => void heard.push('hold' in event ? `${event.type} ${event.hold}` : event.type)
  return { clock, emitter, heard, note }
}

describe('createEmitter', () => {
  it('says what happened, to whom and when', async () => {
    const { clock, emitter } = setUp()
    const events: LifecycleEvent[] = []
    emitter.subscribe((event) => void events.push(event))
    await clock.advance(500)
    emitter.emit('hold:end', { hold: 'charge card', durationMs: 20 })
    expect(events).toEqual([{ type: 'hold:end', lifecycle: 'orders', at: 1500, hold: 'charge card', durationMs: 20 }])
  })

  it('publishes on the diagnostics channel too', () => {
    const { emitter } = setUp()
    const types: string[] = []
    const listener = (message: unknown) => void types.push((message as LifecycleEvent).type)
    subscribe('lastcall:start:begin', listener)
    emitter.emit('start:begin', {})
    unsubscribe('lastcall:start:begin', listener)
    emitter.emit('start:begin', {})
    expect(types).toEqual(['start:begin'])
  })

  it('tells nothing more to a listener that has stopped', () => {
    const { emitter, heard, note } = setUp()
    const stop = emitter.subscribe(note)
    emitter.emit('start:begin', {})
    stop()
    stop()
    emitter.emit('start:begin', {})
    expect(heard).toEqual(['start:begin'])
  })

  it('lets the same function listen twice, and each stop on its own', () => {
    const { emitter, heard, note } = setUp()
    const stop = emitter.subscribe(note)
    emitter.subscribe(note)
    emitter.emit('hold:begin', { hold: 'a' })
    stop()
    emitter.emit('hold:begin', { hold: 'b' })
    expect(heard).toEqual(['hold:begin a', 'hold:begin a', 'hold:begin b'])
  })

  it('tells every listener in the same order, what a listener causes included', () => {
    const { emitter, heard, note } = setUp()
    emitter.subscribe((event) => {
      if (event.type === 'start:begin') emitter.emit('hold:begin', { hold: 'inner' })
    })
    emitter.subscribe(note)
    emitter.emit('start:begin', {})
    emitter.emit('hold:begin', { hold: 'outer' })
    expect(heard).toEqual(['start:begin', 'hold:begin inner', 'hold:begin outer'])
  })

  it('tells the other listeners when one throws, and reports what it threw', () => {
    const failures: unknown[] = []
    const { emitter, heard, note } = setUp((error) => failures.push(error))
    const error = new Error('broken listener')
    emitter.subscribe(() => {
      throw error
    })
    emitter.subscribe(note)
    emitter.emit('start:begin', {})
    emitter.emit('hold:begin', { hold: 'a' })
    expect(heard).toEqual(['start:begin', 'hold:begin a'])
    expect(failures).toEqual([error, error])
  })

  it('comes to an end when a listener throws something new each time, at the warning about it too', () => {
    const { emitter, heard, note } = setUp((error, self) => {
      self.emit('warning', { code: 'LASTCALL_LISTENER_FAILED', message: (error as Error).message })
    })
    let thrown = 0
    emitter.subscribe(() => {
      if (thrown < 10) throw new Error(`failure ${++thrown}`)
    })
    emitter.subscribe(note)
    emitter.emit('start:begin', {})
    expect(heard).toEqual(['start:begin', 'warning'])
    expect(thrown).toBe(2)
  })

  it('has no listener left after clear', () => {
    const { emitter, heard, note } = setUp()
    emitter.subscribe(note)
    emitter.clear()
    emitter.emit('start:begin', {})
    expect(heard).toEqual([])
  })
})
