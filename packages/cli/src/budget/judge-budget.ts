import { formatSetting } from '../report/format-figures.ts'
import type { BudgetFacts, BudgetRule, BudgetTerms, RuleResult } from './budget.ts'
import { windowMs } from './window.ts'

/** Holds the terms to each rule, in the order of `BUDGET_RULES`. */
export function judgeBudget(terms: BudgetTerms, facts: BudgetFacts, neededMs: number): readonly RuleResult[] {
  return [
    judgeKill(facts, neededMs),
    judgeRefusal(terms, facts),
    judgeCut(terms, facts),
    judgeReset(facts),
    judgeNesting(terms, facts),
    judgeRollout(facts),
    judgeRestart(terms, facts, neededMs),
  ]
}

const say = formatSetting

function judge(rule: BudgetRule, holds: boolean, text: string, fix: string): RuleResult {
  return holds ? { rule, holds, text } : { rule, holds, text, fix }
}

const unknown = (rule: BudgetRule, text: string, fix: string): RuleResult => ({ rule, holds: undefined, text, fix })

function judgeKill({ gracePeriodMs }: BudgetFacts, neededMs: number): RuleResult {
  const holds = neededMs <= gracePeriodMs
  const text = `all of it takes ${say(neededMs)}, and the kill comes after ${say(gracePeriodMs)}`
  return judge(
    'kill',
    holds,
    text,
    `Allow a grace period of ${say(Math.ceil(neededMs / 1000) * 1000)}, or shorten a part.`,
  )
}

function judgeRefusal({ preStopMs, lameDuckMinMs }: BudgetTerms, { propagationMs, platform }: BudgetFacts): RuleResult {
  const servesMs = preStopMs + lameDuckMinMs
  const text = `it serves for ${say(servesMs)} at least after the stop, and new connections come for ${say(propagationMs)} on ${platform}`
  const fix = `Give the lame duck ${say(propagationMs - preStopMs)}, or a preStop the rest of it.`
  return judge('refusal', servesMs >= propagationMs, text, fix)
}

function judgeCut({ drainMs }: BudgetTerms, { requestMs }: BudgetFacts): RuleResult {
  if (requestMs === undefined) {
    return unknown(
      'cut',
      `the drain lasts ${say(drainMs)}`,
      'Say how long requests take, as --requests, or by a drill.',
    )
  }
  const text = `the drain lasts ${say(drainMs)}, and all but one of 1000 requests take ${say(requestMs)} at the most`
  const fix = `Give the drain ${say(requestMs)}, or end such requests when lifecycle.draining aborts.`
  return judge('cut', drainMs >= requestMs, text, fix)
}

function judgeReset({ keepAliveMs, idleTimeoutMs }: BudgetFacts): RuleResult {
  if (idleTimeoutMs === undefined)
    return judge('reset', true, 'nothing on this platform keeps idle connections to race', '')
  if (keepAliveMs === undefined) {
    const text = `the load balancer keeps idle connections for ${say(idleTimeoutMs)}`
    return unknown('reset', text, "Say the server's keepAliveTimeout, as --keep-alive.")
  }
  const text = `the server keeps idle connections for ${say(keepAliveMs)}, the load balancer for ${say(idleTimeoutMs)}`
  const fix = `Set server.keepAliveTimeout to more than ${idleTimeoutMs}, and headersTimeout to more than that.`
  return judge('reset', keepAliveMs > idleTimeoutMs, text, fix)
}

function judgeNesting({ preStopMs, drainMs }: BudgetTerms, facts: BudgetFacts): RuleResult {
  const { gracePeriodMs, toldGracePeriodMs, deregistrationMs } = facts
  const leftMs = windowMs(gracePeriodMs, preStopMs)
  if (toldGracePeriodMs !== undefined && toldGracePeriodMs > leftMs) {
    const text = `the lifecycle counts on ${say(toldGracePeriodMs)}, and the platform leaves ${say(leftMs)} after the signal`
    return judge('nesting', false, text, `Set gracePeriodMs to ${leftMs}.`)
  }
  if (deregistrationMs !== undefined && deregistrationMs < drainMs) {
    const text = `the load balancer cuts after ${say(deregistrationMs)}, and the drain may take ${say(drainMs)}`
    return judge('nesting', false, text, `Give its deregistration delay ${say(drainMs)} or more.`)
  }
  return judge('nesting', true, `each timeout ends before the one around it, ${say(leftMs)} after the signal`, '')
}

function judgeRollout({ rollout }: BudgetFacts): RuleResult {
  if (!rollout) return unknown('rollout', 'nothing is known of rollouts', 'Pass the manifest, as --manifest.')
  const { replicas, unavailable } = rollout
  const text = `a rollout leaves ${replicas - unavailable} of ${replicas} pods`
  return judge(
    'rollout',
    replicas > unavailable,
    text,
    'Set maxUnavailable to 0, so that it adds before it takes away.',
  )
}

function judgeRestart(terms: BudgetTerms, facts: BudgetFacts, neededMs: number): RuleResult {
  const { livenessGraceMs, redSeenMs } = facts
  if (livenessGraceMs !== undefined && livenessGraceMs < neededMs) {
    const text = `where liveness restarts it the kill comes after ${say(livenessGraceMs)}, and all of it takes ${say(neededMs)}`
    return judge('restart', false, text, "Leave out the liveness probe's own terminationGracePeriodSeconds.")
  }
  if (redSeenMs === undefined) {
    return unknown('restart', 'nothing is known of the readiness probe', 'Pass the manifest, as --manifest.')
  }
  const text = `where the signal comes without a stop of routing, red is seen after ${say(redSeenMs)}, and it serves for ${say(terms.lameDuckMinMs)} at least`
  const fix = 'Shorten periodSeconds or failureThreshold of the readiness probe, or lengthen the lame duck.'
  return judge('restart', redSeenMs <= terms.lameDuckMinMs, text, fix)
}
