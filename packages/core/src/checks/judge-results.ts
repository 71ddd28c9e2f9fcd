import type { CheckOutcome, CheckStatus } from './check.ts'
import type { ResolvedCheck } from './resolve-check.ts'

/** What is known of a check from its results so far. */
export interface Judgement {
  readonly status: CheckStatus | 'pending'
  readonly successes: number
  readonly failures: number
  /** Whether it has ever passed: from then on `failOpen` holds. */
  readonly hasPassed: boolean
}

/** Before the first result. */
export const UNJUDGED: Judgement = { status: 'pending', successes: 0, failures: 0, hasPassed: false }

/** The judgement after one more result: a status changes only after its threshold of equal results in a row. */
export function judge(before: Judgement, result: CheckOutcome['status'], check: ResolvedCheck): Judgement {
  if (result === 'fail') {
    const failures = before.failures + 1
    const turned = before.status === 'pending' || failures >= check.failureThreshold
    return { ...before, status: turned ? 'fail' : before.status, successes: 0, failures }
  }
  const successes = before.successes + 1
  const turned = successes >= check.successThreshold || before.status === 'pass' || before.status === 'warn'
  return { status: turned ? result : before.status, successes, failures: 0, hasPassed: before.hasPassed || turned }
}
