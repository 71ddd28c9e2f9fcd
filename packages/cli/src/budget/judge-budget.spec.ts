import { describe, expect, it } from 'vitest'
import { BUDGET_RULES, type BudgetFacts, type BudgetRule, type BudgetTerms } from './budget.ts'
import { createBudget } from './create-budget.ts'

const TERMS: BudgetTerms = {
  ...{ preStopMs: 50_000, lameDuckMinMs: 10_000, lameDuckMs: 12_000, drainMs: 17_000 },
  ...{ closeMs: 5000, flushMs: 2000, marginMs: 4000 },
}
const FACTS: BudgetFacts = {
  ...{ platform: 'aws-lbc', gracePeriodMs: 90_000, propagationMs: 60_000, idleTimeoutMs: 60_000 },
  ...{ toldGracePeriodMs: 40_000, requestMs: 6000, keepAliveMs: 72_000, deregistrationMs: 90_000, redSeenMs: 5000 },
  rollout: { replicas: 3, unavailable: 0 },
}

interface Change {
  readonly terms?: Partial<BudgetTerms>
  readonly facts?: Partial<BudgetFacts>
}

function judge(rule: BudgetRule, { terms, facts }: Change = {}) {
  return createBudget({ ...TERMS, ...terms }, { ...FACTS, ...facts }).rules.find((one) => one.rule === rule)
}

describe('judgeBudget', () => {
  it('judges every rule, in the order of their list', () => {
    const { rules, holds } = createBudget(TERMS, FACTS)
    expect(rules.map(({ rule }) => rule)).toEqual(BUDGET_RULES)
    expect(rules.filter((one) => one.holds !== true)).toEqual([])
    expect(holds).toBe(true)
  })

  it.each<[BudgetRule, Change, string]>([
    ['kill', { facts: { gracePeriodMs: 89_999 } }, 'Allow a grace period of 90 s'],
    ['refusal', { terms: { lameDuckMinMs: 9999 } }, 'Give the lame duck 10 s'],
    ['refusal', { terms: { preStopMs: 0 } }, 'Give the lame duck 60 s'],
    ['cut', { terms: { drainMs: 5999 } }, 'Give the drain 6 s'],
    ['reset', { facts: { keepAliveMs: 60_000 } }, 'Set server.keepAliveTimeout to more than 60000'],
    ['nesting', { facts: { toldGracePeriodMs: 40_001 } }, 'Set gracePeriodMs to 40000'],
    ['nesting', { facts: { deregistrationMs: 16_999 } }, 'Give its deregistration delay 17 s or more'],
    ['rollout', { facts: { rollout: { replicas: 2, unavailable: 2 } } }, 'Set maxUnavailable to 0'],
    ['restart', { facts: { redSeenMs: 10_001 } }, 'Shorten periodSeconds or failureThreshold'],
    ['restart', { facts: { livenessGraceMs: 89_999 } }, "Leave out the liveness probe's own"],
  ])('%s fails with %o, and says what to change', (rule, change, fix) => {
    const result = judge(rule, change)
    expect(result?.holds).toBe(false)
    expect(result?.fix).toContain(fix)
    expect(createBudget({ ...TERMS, ...change.terms }, { ...FACTS, ...change.facts }).holds).toBe(false)
  })

  it.each<[BudgetRule, Partial<BudgetFacts>]>([
    ['cut', { requestMs: undefined }],
    ['reset', { keepAliveMs: undefined }],
    ['rollout', { rollout: undefined }],
    ['restart', { redSeenMs: undefined }],
  ])('leaves %s open where nobody knows, and says how to tell', (rule, facts) => {
    const result = judge(rule, { facts })
    expect(result?.holds).toBeUndefined()
    expect(result?.fix).toMatch(/--(requests|keep-alive|manifest)/)
    expect(createBudget(TERMS, { ...FACTS, ...facts }).holds).toBe(true)
  })

  it('leaves 2 s after the signal, however long the preStop takes', () => {
    const facts = { gracePeriodMs: 50_000, toldGracePeriodMs: 2000 }
    expect(judge('nesting', { facts })).toMatchObject({ holds: true })
    expect(judge('nesting', { facts: { ...facts, toldGracePeriodMs: 2001 } })?.fix).toBe('Set gracePeriodMs to 2000.')
  })
})
