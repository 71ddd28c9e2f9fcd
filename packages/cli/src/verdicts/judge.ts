import type { Verdict, VerdictCode } from '../drill/result.ts'
import type { RunFacts } from '../facts/run-facts.ts'

/** What a judge says: a fault, `pass`, or `unjudged` where the facts do not tell. */
export type Finding = Omit<Verdict, 'code'> | 'pass' | 'unjudged'

/** Looks for one fault in the facts of a run. */
export interface Judge {
  readonly code: VerdictCode
  judge(facts: RunFacts): Finding
}
