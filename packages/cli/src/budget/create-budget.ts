import type { Budget, BudgetBar, BudgetFacts, BudgetTerms } from './budget.ts'
import { judgeBudget } from './judge-budget.ts'
import { wholeSeconds } from './window.ts'

/** The terms as a waterfall, their sum, and every rule. Pure: it knows no platform and no process. */
export function createBudget(terms: BudgetTerms, facts: BudgetFacts): Budget {
  const bars = toBars(terms)
  const neededMs = (bars.at(-1)?.toMs ?? 0) - terms.preStopMs + wholeSeconds(terms.preStopMs)
  const rules = judgeBudget(terms, facts, neededMs)
  return { terms, facts, bars, neededMs, rules, holds: rules.every(({ holds }) => holds !== false) }
}

function toBars(terms: BudgetTerms): BudgetBar[] {
  const { preStopMs, lameDuckMs, lameDuckMinMs, drainMs, closeMs, flushMs, marginMs } = terms
  const least =
    lameDuckMinMs < lameDuckMs ? `it still serves, for ${lameDuckMinMs / 1000} s at least` : 'it still serves'
  const parts: [name: string, ms: number, note: string][] = [
    ['preStop', preStopMs, 'the platform waits'],
    // Without a lame duck what is left of that time is for those who announce the end.
    lameDuckMinMs === 0 ? ['announce', lameDuckMs, 'who routes is told'] : ['lame duck', lameDuckMs, least],
    ['drain', drainMs, 'what is in flight ends'],
    ['close', closeMs, 'components stop'],
    ['flush', flushMs, 'logs, metrics, traces'],
    ['margin', marginMs, 'kept free'],
  ]
  let fromMs = 0
  return parts.map(([name, ms, note]) => {
    const bar = { name, fromMs, toMs: fromMs + ms, note }
    fromMs = bar.toMs
    return bar
  })
}
