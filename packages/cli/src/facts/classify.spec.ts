import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { classify, isLost, phaseOf } from './classify.ts'

describe('phaseOf', () => {
  it.each([
    [-1, 'before'],
    [0, 'lameDuck'],
    [5999, 'lameDuck'],
    [6000, 'drain'],
    [6100, 'afterExit'],
  ])('takes what is sent at %d ms for %s', (sentMs, phase) => {
    expect(phaseOf(exampleRequest({ sentMs }), exampleFacts())).toBe(phase)
  })

  it('knows no drain where nobody tells who listens', () => {
    expect(phaseOf(exampleRequest({ sentMs: 6099 }), exampleFacts({ listenerClosedMs: undefined }))).toBe('lameDuck')
  })
})

describe('isLost', () => {
  it.each([
    ['answered', false],
    ['retryable', false],
    ['serverError', true],
    ['refused', true],
    ['resetNew', true],
    ['resetReused', true],
    ['truncated', true],
    ['timedOut', true],
  ] as const)('a request that is %s: %s', (outcome, lost) => {
    expect(isLost(exampleRequest({ outcome }), exampleFacts())).toBe(lost)
  })

  it('leaves out what fails after a second signal', () => {
    const request = exampleRequest({ sentMs: 100, endedMs: 300, outcome: 'truncated' })
    expect(isLost(request, exampleFacts({ secondSignalMs: 300 }))).toBe(false)
    expect(isLost(request, exampleFacts({ secondSignalMs: 301 }))).toBe(true)
  })
})

describe('classify', () => {
  it('counts by phase and outcome, with the lost', () => {
    const requests = [
      exampleRequest(),
      exampleRequest(),
      exampleRequest({ sentMs: 6200, outcome: 'refused' }),
      exampleRequest({ sentMs: 30, outcome: 'retryable' }),
    ]
    const classes = classify(exampleFacts({ requests }))
    expect(classes.before.answered).toEqual({ total: 2, lost: 0 })
    expect(classes.afterExit.refused).toEqual({ total: 1, lost: 1 })
    expect(classes.lameDuck.retryable).toEqual({ total: 1, lost: 0 })
    expect(classes.drain.answered).toEqual({ total: 0, lost: 0 })
  })
})
