import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { outfitOf, putOn } from './outfit.ts'

describe('an outfit', () => {
  it('can be taken off and put on again', () => {
    const said: string[] = []
    const server = new EventEmitter()
    server.on('request', () => said.push('handler'))
    const bare = outfitOf(server)
    const { emit } = server
    server.emit = (...args) => {
      said.push('emit')
      return Reflect.apply(emit, server, args)
    }
    server.prependListener('request', () => said.push('first'))
    server.on('connection', () => said.push('connection'))
    const dressed = outfitOf(server)

    const wear = (outfit: typeof bare) => {
      putOn(server, outfit)
      said.splice(0)
      for (const event of ['connection', 'request']) server.emit(event)
      return [...said]
    }
    for (let time = 0; time < 2; time++) {
      expect(wear(bare)).toEqual(['handler'])
      expect(wear(dressed)).toEqual(['emit', 'connection', 'emit', 'first', 'handler'])
    }
  })
})
