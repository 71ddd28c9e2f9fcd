import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

describe('plainText', () => {
  it('leaves nothing that a terminal would obey, or that a document could not hold', () => {
    expect(plainText('\u001b[31mred\u001b[0m \u0007bell\r\nnew\u0000 \u009b2J\ud800')).toBe('red  bell  new  \ufffd')
  })

  it('keeps what people write', () => {
    expect(plainText('naïve\tснег 雪 ✓')).toBe('naïve  снег 雪 ✓')
  })
})
