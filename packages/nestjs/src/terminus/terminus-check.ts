import type { Check, CheckOutcome } from '@lastcall/core'
import { type IndicatorResult, isIndicatorResult, outcomeOf } from './outcome-of.ts'

type Said = void | CheckOutcome | IndicatorResult

/** Runs an indicator of `@nestjs/terminus`, or any other check; pass `signal` on to what it awaits. */
export type IndicatorRun = (context: { readonly signal: AbortSignal }) => Said | PromiseLike<Said>

/** How a check is called, when it runs and what its failure means: all of it but what it does. */
export type CheckSettings = WithoutRun<Check>

/** A check whose `run` may give what an indicator gives. */
export type TerminusCheck = CheckSettings & { readonly run: IndicatorRun }

/** Of each kind of check by itself. */
type WithoutRun<Kind> = Kind extends unknown ? Omit<Kind, 'run'> : never

/** An attempt of `@nestjs/terminus` 12: it begins when it is awaited. */
interface Attempt extends PromiseLike<Said> {
  readonly timeoutMs?: number
  withTimeout(ms: number): unknown
}

/** That of every check. */
const DEFAULT_TIMEOUT_MS = 1000

/**
 * Makes a check of an indicator of `@nestjs/terminus`: `down` fails, `degraded` warns, and timeout, interval and
 * thresholds are the lifecycle's. A timeout of its own, which some indicators have, it keeps.
 */
export function terminusCheck(check: TerminusCheck): Check {
  return {
    ...check,
    async run(context) {
      try {
        const said = check.run(context)
        if (isAttempt(said) && said.timeoutMs === undefined) said.withTimeout(check.timeoutMs ?? DEFAULT_TIMEOUT_MS)
        const result = await said
        return isIndicatorResult(result) ? outcomeOf(result) : result
      } catch (error) {
        // How indicators said `down` before Terminus 11, and still may there.
        if (error instanceof Error && 'causes' in error && isIndicatorResult(error.causes)) {
          return outcomeOf(error.causes)
        }
        throw error
      }
    },
  }
}

/** Nobody else tells an attempt of the check's timeout, at which its own signal is to abort. */
function isAttempt(said: Said | PromiseLike<Said>): said is Attempt {
  return typeof said === 'object' && 'withTimeout' in said
}
