import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { createPodEmitter } from './pod-emitter.ts'

describe('createPodEmitter', () => {
  it('tells each subscriber what, of whom and when, until it stops', () => {
    const { emit, subscribe } = createPodEmitter('orders', createFakeClock(42))
    const heard: unknown[] = []
    const listener = (event: unknown) => heard.push(event)
    const stop = subscribe(listener)
    subscribe(listener)
    emit('pod:delete', { gracePeriodMs: 1 })
    stop()
    emit('pod:gone', { phase: 'Failed' })
    expect(heard).toEqual([
      { type: 'pod:delete', pod: 'orders', at: 42, gracePeriodMs: 1 },
      { type: 'pod:delete', pod: 'orders', at: 42, gracePeriodMs: 1 },
      { type: 'pod:gone', pod: 'orders', at: 42, phase: 'Failed' },
    ])
  })

  it('tells what a listener causes after what it was told, to each in the same order', () => {
    const { emit, subscribe } = createPodEmitter('orders', createFakeClock())
    const heard: string[] = []
    subscribe(({ type }) => type === 'pod:delete' && emit('pod:gone', { phase: 'Failed' }))
    subscribe(({ type }) => heard.push(type))
    emit('pod:delete', { gracePeriodMs: 1 })
    expect(heard).toEqual(['pod:delete', 'pod:gone'])
  })

  it('goes on when a listener throws, and makes an uncaught error of it', async () => {
    const { emit, subscribe } = createPodEmitter('orders', createFakeClock())
    const heard: string[] = []
    subscribe(() => {
      throw new Error('broken listener')
    })
    subscribe(({ type }) => heard.push(type))
    const listeners = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    const uncaught = new Promise<Error>((resolve) => process.once('uncaughtException', resolve))
    emit('pod:gone', { phase: 'Failed' })
    expect((await uncaught).message).toBe('broken listener')
    for (const listener of listeners) process.on('uncaughtException', listener)
    expect(heard).toEqual(['pod:gone'])
  })
})
