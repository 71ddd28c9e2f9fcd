import { describe, expect, it } from 'vitest'
import { parseLong, parseMix, parseStream } from './parse-traffic.ts'

describe('parseMix', () => {
  it.each([
    ['keepalive:0.7,new:0.3', 0.7],
    ['keepalive:50%,new:50%', 0.5],
    ['new:1', 0],
    ['keepalive:0.2,new:0.2', 0.5],
  ])('reads %s', (text, share) => {
    expect(parseMix('--mix', text)).toBe(share)
  })

  it.each(['keepalive', 'http2:1', 'keepalive:0,new:0', ''])('refuses %o', (text) => {
    expect(() => parseMix('--mix', text)).toThrow("Option --mix is '")
  })
})

describe('parseStream and parseLong', () => {
  it('read a path, with a number or without', () => {
    expect(parseStream('--sse', '/events', 5)).toEqual({ path: '/events', clients: 5 })
    expect(parseStream('--sse', '/events?all=1:8', 5)).toEqual({ path: '/events?all=1', clients: 8 })
    expect(parseLong('--long', '/export', 0.05)).toEqual({ path: '/export', share: 0.05 })
    expect(parseLong('--long', '/export:10%', 0.05)).toEqual({ path: '/export', share: 0.1 })
  })

  it('refuse what is no path', () => {
    expect(() => parseStream('--sse', '5', 5)).toThrow('pass a path such as /events')
    expect(() => parseLong('--long', '3s:5%', 0.05)).toThrow('pass a path such as /export')
  })
})
