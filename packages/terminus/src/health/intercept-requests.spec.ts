import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { interceptRequests } from './intercept-requests.ts'

describe('interceptRequests', () => {
  it('keeps a request from the listeners, those that come later too, or lets all of it pass', () => {
    const server = new EventEmitter()
    const heard: unknown[] = []
    interceptRequests(server, (request) => request.url === '/health')
    server.on('request', (...args: unknown[]) => heard.push(args))
    expect(server.emit('request', { url: '/health' }, {})).toBe(true)
    expect(server.emit('request', { url: '/' }, 'response', 'third')).toBe(true)
    expect(server.emit('upgrade', { url: '/health' })).toBe(false)
    expect(heard).toEqual([[{ url: '/' }, 'response', 'third']])
  })
})
