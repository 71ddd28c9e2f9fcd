import { describe, expect, it } from 'vitest'
import { messageOf } from './message-of.ts'

describe('messageOf', () => {
  it.each([
    ['an error', new TypeError('no route to host'), 'no route to host'],
    ['a text', 'no route to host', 'no route to host'],
    ['nothing', undefined, 'undefined'],
    ['a symbol', Symbol('gone'), 'Symbol(gone)'],
    ['an aggregate with a message', new AggregateError([new Error('one')], 'all failed'), 'all failed'],
    [
      'an aggregate without a message',
      new AggregateError([
        new Error('connect ECONNREFUSED ::1:5432'),
        new Error('connect ECONNREFUSED 127.0.0.1:5432'),
      ]),
      'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
    ],
  ])('says what %s says', (_, error, message) => {
    expect(messageOf(error)).toBe(message)
  })
})
