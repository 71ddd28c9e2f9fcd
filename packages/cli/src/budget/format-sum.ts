import type { Budget } from './budget.ts'

/** The sum as one writes it down, in seconds: `preStop 0 + lame duck 7 + … = 30 ≤ 30 s`. */
export function formatSum({ bars, facts, neededMs }: Budget): string {
  const parts = bars.map(({ name, fromMs, toMs }) => `${name} ${(toMs - fromMs) / 1000}`)
  const relation = neededMs <= facts.gracePeriodMs ? '≤' : '>'
  return `${parts.join(' + ')} = ${neededMs / 1000} ${relation} ${facts.gracePeriodMs / 1000} s`
}
