import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BudgetFacts, BudgetTerms } from './budget.ts'
import { createBudget } from './create-budget.ts'

const TERMS: BudgetTerms = {
  ...{ preStopMs: 0, lameDuckMinMs: 10_000, lameDuckMs: 10_000, drainMs: 12_000 },
  ...{ closeMs: 3000, flushMs: 1000, marginMs: 3000 },
}
const FACTS: BudgetFacts = { platform: 'ingress-nginx', gracePeriodMs: 30_000, propagationMs: 10_000 }

const ms = fc.integer({ min: 0, max: 200_000 })
const anyTerms = fc
  .record({ preStopMs: ms, lameDuckMinMs: ms, lameDuckMs: ms, drainMs: ms, closeMs: ms, flushMs: ms, marginMs: ms })
  .map((terms) => ({ ...terms, lameDuckMs: Math.max(terms.lameDuckMs, terms.lameDuckMinMs) }))
const anyFacts = fc.record({ platform: fc.constant('kubernetes' as const), gracePeriodMs: ms, propagationMs: ms })

describe('createBudget', () => {
  it('adds up what stands between the stop and the kill', () => {
    const { neededMs, holds, bars } = createBudget(TERMS, FACTS)
    expect(neededMs).toBe(29_000)
    expect(holds).toBe(true)
    expect(bars.map(({ name, fromMs, toMs }) => [name, fromMs, toMs])).toEqual([
      ['preStop', 0, 0],
      ['lame duck', 0, 10_000],
      ['drain', 10_000, 22_000],
      ['close', 22_000, 25_000],
      ['flush', 25_000, 26_000],
      ['margin', 26_000, 29_000],
    ])
  })

  it('counts a preStop in whole seconds, as the kubelet takes it off', () => {
    expect(createBudget({ ...TERMS, preStopMs: 1999 }, FACTS).neededMs).toBe(30_000)
  })

  it('has parts that follow each other, and end at the sum', () => {
    fc.assert(
      fc.property(anyTerms, anyFacts, (terms, facts) => {
        const { bars, neededMs } = createBudget(terms, facts)
        for (const [index, { fromMs, toMs }] of bars.entries()) {
          expect(fromMs).toBe(index === 0 ? 0 : bars[index - 1]?.toMs)
          expect(toMs).toBeGreaterThanOrEqual(fromMs)
        }
        expect(neededMs).toBe((bars.at(-1)?.toMs ?? NaN) - (terms.preStopMs % 1000))
      }),
    )
  })

  it('is killed just when the sum is longer than the grace period, and says how long would do', () => {
    fc.assert(
      fc.property(anyTerms, anyFacts, (terms, facts) => {
        const { neededMs, rules } = createBudget(terms, facts)
        const [kill] = rules
        expect(kill?.holds).toBe(neededMs <= facts.gracePeriodMs)
        if (kill?.fix === undefined) return
        const enough = Number(/of ([\d.]+) s/.exec(kill.fix)?.[1]) * 1000 || 0
        expect(createBudget(terms, { ...facts, gracePeriodMs: enough }).rules[0]?.holds).toBe(true)
        expect(createBudget(terms, { ...facts, gracePeriodMs: enough - 1001 }).rules[0]?.holds).toBe(false)
      }),
    )
  })

  it('breaks no rule by a longer grace period', () => {
    fc.assert(
      fc.property(anyTerms, anyFacts, ms, (terms, facts, moreMs) => {
        const broken = (gracePeriodMs: number) =>
          createBudget(terms, { ...facts, gracePeriodMs })
            .rules.filter(({ holds }) => holds === false)
            .map(({ rule }) => rule)
        const before = broken(facts.gracePeriodMs)
        expect(broken(facts.gracePeriodMs + moreMs).filter((rule) => !before.includes(rule))).toEqual([])
      }),
    )
  })
})
