import { resolveProfile } from '@lastcall/kubelet'
import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleRequest } from '../../test/example-facts.ts'
import { examplePlan } from '../../test/example-plan.ts'
import { createRunResult } from './create-run-result.ts'
import type { DrillPlan } from './drill-plan.ts'
import { suggest } from './suggest.ts'

function suggestions(plan: Partial<DrillPlan>, longestMs: number) {
  const facts = exampleFacts({
    requests: [exampleRequest({ sentMs: -5000, endedMs: longestMs - 5000, client: 'long' }), exampleRequest()],
  })
  const found = suggest(examplePlan(plan), [createRunResult(facts, 1)], [facts])
  return Object.fromEntries(found.map(({ setting, ms }) => [setting, ms]))
}

describe('suggest', () => {
  it('lets the lame duck last as long as the routing, and the drain as the slowest request and half as much', () => {
    const plan = { propagationMs: 5000, spreadMs: 1000 }
    expect(suggestions(plan, 2000)).toEqual({ lameDuck: 6000, drain: 3000, gracePeriod: 10_000 })
  })

  it('does not pay twice where a hook sleeps', () => {
    const plan = { propagationMs: 5000, spreadMs: 0, preStop: { type: 'sleep', seconds: 4 } } as const
    expect(suggestions(plan, 100)).toEqual({ lameDuck: 1000, drain: 1000, gracePeriod: 7000 })
  })

  it('needs no lame duck where the signal comes when routing has ended', () => {
    const plan = { propagationMs: 5000, spreadMs: 0, profile: resolveProfile('ecs') }
    expect(suggestions(plan, 100)).toEqual({ lameDuck: 0, drain: 1000, gracePeriod: 2000 })
  })

  it('suggests nothing where nothing was answered', () => {
    const facts = exampleFacts({ requests: [] })
    expect(suggest(examplePlan(), [createRunResult(facts, 1)], [facts])).toEqual([])
  })
})
