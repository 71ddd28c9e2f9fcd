import { given } from '../given.ts'
import { invalidOption } from '../errors/invalid-option.ts'
import { messageOf } from '../errors/message-of.ts'
import type { Emitter } from '../events/emitter.ts'
import type { Clock, Timer } from '../ports/clock.ts'
import type { CheckSnapshot } from '../probes/snapshot.ts'
import { runWithin } from '../run-within.ts'
import type { CheckOutcome, CheckStatus } from './check.ts'
import { judge, UNJUDGED } from './judge-results.ts'
import type { ResolvedCheck } from './resolve-check.ts'

const STATUSES: readonly unknown[] = ['pass', 'warn', 'fail'] satisfies CheckStatus[]

/** One check that runs in the background. */
export interface ScheduledCheck {
  /** Runs at once, then at its interval. */
  begin(): void
  /** Runs no more; the last result stays and does not age. */
  end(): void
  snapshot(): CheckSnapshot
}

/** Makes a check run in the background, one run at a time. */
export function scheduleCheck(check: ResolvedCheck, clock: Clock, emitter: Emitter): ScheduledCheck {
  let judgement = UNJUDGED
  let last: (CheckOutcome & { readonly observedAt: number }) | undefined
  let timer: Timer | undefined
  let active = false
  let begunAt: number | undefined
  const ended = new AbortController()

  async function runOnce(): Promise<void> {
    const since = clock.now()
    begunAt = since
    emitter.emit('check:begin', { check: check.name })
    let outcome: CheckOutcome = { status: 'pass' }
    let settled: Promise<unknown> | undefined
    const end = await runWithin(
      clock,
      check.timeoutMs,
      `Check '${check.name}'`,
      (signal) =>
        (settled = (async () =>
          (outcome = outcomeOf(`status of check '${check.name}'`, await check.run({ signal }))))()),
      ended.signal,
    )
    begunAt = undefined
    if (!active) {
      emitter.emit('check:end', {
        check: check.name,
        durationMs: clock.now() - since,
        status: 'warn',
        output: 'given up',
      })
      return
    }
    if (end.outcome === 'failed') outcome = { status: 'fail', output: messageOf(end.error) }
    if (end.outcome === 'abandoned') outcome = { status: 'fail', output: `no answer within ${check.timeoutMs} ms` }
    record(outcome, since, end.outcome === 'failed' ? end.error : undefined)
    // A run that ignores its signal is waited for: a check must not pile up on a dependency that hangs.
    if (end.outcome === 'abandoned') await settled?.catch(() => undefined)
    if (active) timer = clock.setTimeout(runOnce, check.intervalMs * (1 + check.jitter * (2 * Math.random() - 1)))
  }

  function record(outcome: CheckOutcome, since: number, error: unknown): void {
    const from = judgement.status
    const observedAt = clock.now()
    judgement = judge(judgement, outcome.status, check)
    last = { ...outcome, observedAt }
    const { output } = outcome
    const shown = given({ output })
    emitter.emit('check:end', {
      check: check.name,
      durationMs: observedAt - since,
      status: outcome.status,
      ...shown,
      ...given({ error }),
    })
    if (judgement.status !== from && judgement.status !== 'pending') {
      emitter.emit('check:change', { check: check.name, from, to: judgement.status, ...shown })
    }
  }

  return {
    begin() {
      if (active || ended.signal.aborted) return
      active = true
      void runOnce()
    },
    end() {
      active = false
      ended.abort()
      clock.clearTimeout(timer)
    },
    snapshot() {
      const { name, probes, critical, failOpen, staleAfterMs } = check
      const base = { name, probes, critical: critical && !(failOpen && judgement.hasPassed), status: judgement.status }
      if (!last) return base
      const { output, data, observedAt } = last
      return {
        ...base,
        observedAt,
        ...given({ output, data }),
        // A run under way is bounded by itself: after a long block of the event loop it is what tells.
        ...(active ? { staleAt: Math.max(observedAt + staleAfterMs, (begunAt ?? 0) + check.timeoutMs) } : {}),
      }
    },
  }
}

/** Where types are absent, a check may return what its client does: `PONG` ends well, `false` or another word does not. */
function outcomeOf(option: string, said: unknown): CheckOutcome {
  const status = said === false ? said : (said as CheckOutcome | undefined)?.status
  if (status === undefined) return { status: 'pass' }
  if (!STATUSES.includes(status)) throw invalidOption(option, status, "'pass', 'warn' or 'fail'")
  return said as CheckOutcome
}
