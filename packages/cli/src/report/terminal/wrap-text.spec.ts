import { describe, expect, it } from 'vitest'
import { hangText, wrapText } from './wrap-text.ts'

describe('wrapText', () => {
  it('breaks between words, and nowhere else', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrapText('one unbreakable', 5)).toEqual(['one', 'unbreakable'])
    expect(wrapText('one\u00a0two three', 5)).toEqual(['one\u00a0two', 'three'])
  })

  it('keeps figures whole', () => {
    expect(wrapText('lost 1 240 from +2 ms on', 9)).toEqual(['lost', '1 240', 'from', '+2 ms on'])
  })
})

describe('hangText', () => {
  it('lets the lines hang behind the first', () => {
    expect(hangText('one two three', { first: '- ', indent: 2, width: 9 })).toEqual(['- one two', '  three'])
  })
})
