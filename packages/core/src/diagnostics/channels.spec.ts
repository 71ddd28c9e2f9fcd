import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LifecycleEvent } from '../events/event.ts'
import { publish } from './channels.ts'

function listenTo(name: string): unknown[] {
  const heard: unknown[] = []
  const listener = (message: unknown) => void heard.push(message)
  subscribe(name, listener)
  onTestFinished(() => void unsubscribe(name, listener))
  return heard
}

describe('publish', () => {
  const event: LifecycleEvent = { type: 'hold:begin', lifecycle: 'orders', at: 7, hold: 'charge card' }

  it('publishes an event on the channel of its type, and on no other', () => {
    const heard = listenTo('lastcall:hold:begin')
    const other = listenTo('lastcall:hold:end')
    publish(event)
    expect(heard).toEqual([event])
    expect(heard[0]).toBe(event)
    expect(other).toEqual([])
  })

  it('does nothing where nobody subscribes', () => {
    expect(() => publish(event)).not.toThrow()
  })
})
