import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../../test/example-facts.ts'
import { portBound } from './port-bound.ts'

describe('portBound', () => {
  it('tells a port that is still bound when all is gone', () => {
    expect(portBound.judge(exampleFacts())).toBe('pass')
    expect(portBound.judge(exampleFacts({ portBound: true }))).toMatchObject({ atMs: 6100 })
  })
})
