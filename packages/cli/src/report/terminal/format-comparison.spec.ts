import { describe, expect, it } from 'vitest'
import { formatComparison } from './format-comparison.ts'

describe('formatComparison', () => {
  it('says what got worse, or that nothing did', () => {
    const text = 'terminate: exit after 9.00 s, the baseline: after 5.43 s'
    expect(formatComparison([])).toBe('NO WORSE than the baseline')
    expect(formatComparison([{ scenario: 'terminate', figure: 'exitMs', text }])).toBe(
      `WORSE than the baseline\n  ${text}`,
    )
  })
})
