import { describe, expect, it } from 'vitest'
import { formatEvent } from './format-event.ts'

describe('formatEvent', () => {
  it.each([
    ['data alone', { data: 'tea' }, 'data: tea\n\n'],
    ['nothing to say', { data: '' }, 'data: \n\n'],
    ['every field', { data: 'tea', event: 'order', id: '7' }, 'event: order\nid: 7\ndata: tea\n\n'],
    ['an id that forgets the last', { data: 'tea', id: '' }, 'id: \ndata: tea\n\n'],
    ['lines of every kind', { data: 'a\nb\r\nc\rd' }, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    [
      'names that would end a field',
      { data: 'a', event: 'x\ndata: y', id: '1\r\n\0' },
      'event: xdata: y\nid: 1\ndata: a\n\n',
    ],
  ])('writes %s', (_, event, expected) => {
    expect(formatEvent(event)).toBe(expected)
  })
})
