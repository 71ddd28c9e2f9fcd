import { describe, expect, it } from 'vitest'
import { isFromPage, mayStop } from './may-stop.ts'

const local = { headers: { host: 'localhost:3000' }, address: '127.0.0.1' }

describe('mayStop', () => {
  it.each([
    ['localhost:3000', '127.0.0.1'],
    ['127.0.0.1:3000', '::ffff:127.0.0.1'],
    ['[::1]:3000', '::1'],
    ['localhost', '::1'],
  ])('lets a browser on this machine, which calls it %s', (host, address) => {
    expect(mayStop('local', { headers: { host }, address })).toBe(true)
  })

  it.each([
    ['comes from another machine', { ...local, address: '10.0.0.7' }],
    ['calls it by a name that was pointed here', { ...local, headers: { host: 'evil.test:3000' } }],
    ['calls it by a name that begins like ours', { ...local, headers: { host: 'localhost.evil.test' } }],
    ['comes through a proxy', { ...local, headers: { ...local.headers, 'x-forwarded-for': '10.0.0.7' } }],
    ['says nothing of itself', { headers: {}, address: undefined }],
  ])('keeps out who %s', (_, request) => {
    expect(mayStop('local', request)).toBe(false)
    expect(mayStop('always', request)).toBe(true)
  })

  it('can be turned off for everyone', () => {
    expect(mayStop('off', local)).toBe(false)
  })
})

describe('isFromPage', () => {
  it.each([
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
    [{ host: 'orders.test', origin: 'https://orders.test' }, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:4000' }, false],
    [{ host: 'localhost:3000', origin: 'null' }, false],
    [{ host: 'localhost:3000' }, false],
  ])('says of %o that it is %s', (headers, expected) => {
    expect(isFromPage(headers)).toBe(expected)
  })
})
