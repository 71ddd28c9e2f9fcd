import type { PlatformName } from '@lastcall/core'

/** The parts of the time between the stop and the kill, in their order; in milliseconds. */
export interface BudgetTerms {
  /** A wait of the platform's before the signal. */
  readonly preStopMs: number
  /** The least that the service goes on serving, and the most. */
  readonly lameDuckMinMs: number
  readonly lameDuckMs: number
  readonly drainMs: number
  readonly closeMs: number
  readonly flushMs: number
  readonly marginMs: number
}

/** What the terms are held against. What is not known is absent, and its rule is not judged. */
export interface BudgetFacts {
  readonly platform: PlatformName
  /** From the stop to the kill. */
  readonly gracePeriodMs: number
  /** How long new connections still come after the stop. */
  readonly propagationMs: number
  /** What the lifecycle was told of its time, where it was told. */
  readonly toldGracePeriodMs?: number | undefined
  /** How long all but one of a thousand requests take at the most. */
  readonly requestMs?: number | undefined
  /** How long the server keeps an idle connection, and whoever sends to it. */
  readonly keepAliveMs?: number | undefined
  readonly idleTimeoutMs?: number | undefined
  /** How long the load balancer leaves connections of a target that it takes out. */
  readonly deregistrationMs?: number | undefined
  /** From red to the platform's having seen it. */
  readonly redSeenMs?: number | undefined
  /** Between signal and kill where liveness restarts the container, if that is another time. */
  readonly livenessGraceMs?: number | undefined
  readonly rollout?: { readonly replicas: number; readonly unavailable: number } | undefined
}

export const BUDGET_RULES = ['kill', 'refusal', 'cut', 'reset', 'nesting', 'rollout', 'restart'] as const

/** A promise that the budget must keep, as `docs/budget.md` lists them. */
export type BudgetRule = (typeof BUDGET_RULES)[number]

/** One rule: whether it holds, or cannot be judged; the arithmetic; and what to change or to tell. */
export interface RuleResult {
  readonly rule: BudgetRule
  readonly holds: boolean | undefined
  readonly text: string
  readonly fix?: string
}

/** One part of the waterfall. */
export interface BudgetBar {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
  readonly note: string
}

/** A budget: its parts, their sum, and what they are worth. */
export interface Budget {
  readonly terms: BudgetTerms
  readonly facts: BudgetFacts
  readonly bars: readonly BudgetBar[]
  /** The sum of the terms; the preStop counts in whole seconds, as the kubelet takes it off. */
  readonly neededMs: number
  /** Whether every rule that could be judged holds. */
  readonly holds: boolean
  readonly rules: readonly RuleResult[]
}
