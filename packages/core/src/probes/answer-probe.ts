import type { Details, ProbeAnswer, ProbePaths, ProbeRequest } from './probe.ts'
import type { ProbeSnapshot } from './snapshot.ts'

/** How a probe endpoint answers. */
export interface AnswerOptions {
  /** The time on the lifecycle's clock, to tell a result that is too old. */
  readonly now: number
  readonly paths?: ProbePaths
  /** @default 'never' */
  readonly details?: Details
}

/** The answer to a request, from memory; `undefined` when it asks for no probe. */
export function answerProbe(_snapshot: ProbeSnapshot, _request: ProbeRequest, _options: AnswerOptions): ProbeAnswer | undefined {
  throw new Error('not written yet')
}
