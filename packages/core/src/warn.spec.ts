import { describe, expect, it } from 'vitest'
import { createEmitter } from './events/emitter.ts'
import { createFakeClock } from './testing.ts'
import { createWarn } from './warn.ts'

function setUp() {
  const emitter = createEmitter('orders', createFakeClock(), () => undefined)
  const events: string[] = []
  emitter.subscribe((event) => {
    if (event.type === 'warning') events.push(`${event.code} ${event.message}`)
  })
  return { emitter, events }
}

describe('createWarn', () => {
  it('warns once per code and message', () => {
    const { emitter, events } = setUp()
    const warn = createWarn(emitter, undefined)
    warn('A', 'raise it')
    warn('A', 'raise it')
    warn('A', 'lower it')
    warn('B', 'raise it')
    expect(events).toEqual(['A raise it', 'A lower it', 'B raise it'])
  })

  it('tells the fallback too, as often', () => {
    const { emitter, events } = setUp()
    const told: string[] = []
    const warn = createWarn(emitter, (message, code) => void told.push(`${code} ${message}`))
    warn('A', 'raise it')
    warn('A', 'raise it')
    expect(told).toEqual(['A raise it'])
    expect(events).toEqual(told)
  })

  it('keeps nothing for another lifecycle', () => {
    const { emitter, events } = setUp()
    createWarn(emitter, undefined)('A', 'raise it')
    createWarn(emitter, undefined)('A', 'raise it')
    expect(events).toEqual(['A raise it', 'A raise it'])
  })
})
