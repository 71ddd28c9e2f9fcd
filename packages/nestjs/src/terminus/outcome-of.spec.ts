import { describe, expect, it } from 'vitest'
import { isIndicatorResult, outcomeOf } from './outcome-of.ts'

describe('outcomeOf', () => {
  it('passes what is up, and keeps what else it says', () => {
    expect(outcomeOf({ db: { status: 'up', responseTime: 3, pool: { size: 4 }, primary: true } })).toEqual({
      status: 'pass',
      data: { responseTime: 3, primary: true },
    })
  })

  it.each([
    ['down', 'fail'],
    ['degraded', 'warn'],
    ['of a kind that nobody knows', 'fail'],
  ])('says of what is %s: %s', (status, outcome) => {
    expect(outcomeOf({ db: { status, message: 'no route' } })).toEqual({
      status: outcome,
      output: `db is ${status}: no route`,
    })
  })

  it('takes the worst of several keys, tells why for each, and whose the data are', () => {
    const result = {
      db: { status: 'degraded', lagMs: 900 },
      cache: { status: 'down', message: 'no route' },
      queue: { status: 'up', depth: 7 },
    }
    expect(outcomeOf(result)).toEqual({
      status: 'fail',
      output: 'db is degraded; cache is down: no route',
      data: { 'db.lagMs': 900, 'queue.depth': 7 },
    })
  })

  it('passes a result without keys', () => {
    expect(outcomeOf({})).toEqual({ status: 'pass' })
  })
})

describe('isIndicatorResult', () => {
  it('tells the result of an indicator from an outcome, and from anything else', () => {
    expect(isIndicatorResult({ db: { status: 'up' } })).toBe(true)
    for (const other of [undefined, null, 'up', { status: 'warn', output: 'lags' }, { db: null }, [1]]) {
      expect(isIndicatorResult(other)).toBe(false)
    }
  })
})
