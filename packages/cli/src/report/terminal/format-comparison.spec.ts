import { describe, expect, it } from 'vitest'
import { formatComparison } from './format-comparison.ts'

describe('formatComparison', () => {
  it('says what got worse, or that nothing did', () => {
    const text = 'terminate: 37 requests lost, the baseline lost 0'
    expect(formatComparison([])).toBe('NO WORSE than the baseline')
    expect(formatComparison([{ scenario: 'terminate', figure: 'lost', text }])).toBe(
      `WORSE than the baseline\n  ${text}`,
    )
  })
})
