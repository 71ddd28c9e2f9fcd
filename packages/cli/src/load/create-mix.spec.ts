import { describe, expect, it } from 'vitest'
import { createMix } from './create-mix.ts'

describe('createMix', () => {
  it('gives each kind its share, as evenly as can be', () => {
    const next = createMix({ kept: 0.7, new: 0.3 })
    const first = Array.from({ length: 10 }, next)
    expect(first.filter((kind) => kind === 'new')).toHaveLength(3)
    expect(first.join(' ')).not.toContain('new new')
    expect(Array.from({ length: 10 }, next)).toEqual(first)
  })

  it('leaves out what has no share', () => {
    const next = createMix({ kept: 1, new: 0 })
    expect(new Set(Array.from({ length: 20 }, next))).toEqual(new Set(['kept']))
  })
})
