import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { observeServer } from './observe-server.ts'

describe('observeServer', () => {
  it('tells of each event before its listeners, and lets it pass', () => {
    const emitter = new EventEmitter()
    const heard: unknown[] = []
    observeServer(emitter, (event, first, second) => {
      heard.push(['observer', event, first, second])
      return false
    })
    emitter.on('request', (...args) => heard.push(['listener', ...args]))
    expect(emitter.emit('request', 1, 2, 3)).toBe(true)
    expect(emitter.emit('nobody')).toBe(false)
    expect(heard).toEqual([
      ['observer', 'request', 1, 2],
      ['listener', 1, 2, 3],
      ['observer', 'nobody', undefined, undefined],
    ])
  })

  it('keeps back what the observer takes', () => {
    const emitter = new EventEmitter()
    const heard: unknown[] = []
    emitter.on('request', (...values) => heard.push(values))
    observeServer(emitter, () => true)
    expect(emitter.emit('request', 'kept')).toBe(true)
    expect(heard).toEqual([])
  })

  it('leaves the object as it was', () => {
    const emitter = new EventEmitter()
    observeServer(emitter, () => true)()
    expect(Object.hasOwn(emitter, 'emit')).toBe(false)
    const own = () => false
    const other = Object.assign(new EventEmitter(), { emit: own })
    observeServer(other, () => true)()
    expect(other.emit).toBe(own)
  })

  it('stays in the chain, silent, when someone has wrapped it since', () => {
    const emitter = new EventEmitter()
    const heard: unknown[] = []
    const end = observeServer(emitter, () => true)
    const { emit } = emitter
    emitter.emit = function (...args) {
      heard.push('wrapper')
      return Reflect.apply(emit, this, args)
    }
    emitter.on('request', () => heard.push('listener'))
    end()
    emitter.emit('request')
    expect(heard).toEqual(['wrapper', 'listener'])
  })
})
