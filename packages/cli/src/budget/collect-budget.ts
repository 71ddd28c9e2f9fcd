import { type LifecycleOptions, type PlatformPreset, PRESETS } from '@lastcall/core'
import type { ResolvedContainer, Workload } from '@lastcall/kubelet'
import type { DrillResult } from '../drill/result.ts'
import { type BudgetFlags, type GivenMs, parseGiven, parsePlatform } from './budget-flags.ts'
import type { Budget } from './budget.ts'
import { createBudget } from './create-budget.ts'
import { factsOfManifest, preStopOf } from './facts-of-manifest.ts'
import { measureTerms } from './measure-terms.ts'
import { resolveTerms } from './resolve-terms.ts'
import { windowMs } from './window.ts'

/** What the files say that the command was given; each may be absent. */
export interface BudgetSources {
  /** What the service passes to `createLifecycle`. */
  readonly options?: LifecycleOptions
  readonly manifest?: { readonly workload: Workload; readonly container: ResolvedContainer }
  readonly result?: DrillResult
}

/**
 * A budget of all that is known. What a flag says goes before what a file says, a manifest before a drill, and the
 * options of the lifecycle before what a drill measured of them. Throws `LASTCALL_INVALID_OPTION`.
 */
export function collectBudget(flags: BudgetFlags, { options, manifest, result }: BudgetSources): Budget {
  const given = parseGiven(flags)
  const platform = parsePlatform(flags.platform ?? options?.platform ?? result?.profile ?? 'kubernetes')
  const preset: PlatformPreset = PRESETS[platform]
  const settings = result?.settings
  const pod = manifest && factsOfManifest(manifest.workload, manifest.container)
  const preStopMs = given.preStop ?? (manifest ? preStopOf(manifest.container) : (settings?.preStopMs ?? 0))
  const propagationMs = given.propagation ?? settings?.propagationMs ?? preset.propagationMs
  const toldMs = options?.gracePeriodMs
  const gracePeriodMs =
    given.grace ??
    pod?.gracePeriodMs ??
    settings?.gracePeriodMs ??
    (toldMs === undefined ? preset.gracePeriodMs : toldMs + preStopMs)

  const measured = result && measureTerms(result)
  const window = { windowMs: windowMs(gracePeriodMs, preStopMs), preStopMs }
  // Without its options the service is one that is planned: it has a lame duck for what the preStop does not cover.
  const planned = options ?? { lameDuck: { minMs: Math.max(0, propagationMs - preStopMs) } }
  const terms = measured && !options ? measured.terms : resolveTerms(withGiven(planned, given), platform, window)
  return createBudget(terms, {
    ...{ platform, gracePeriodMs, propagationMs, ...pod },
    idleTimeoutMs: preset.idleTimeoutMs,
    toldGracePeriodMs: toldMs,
    requestMs: given.requests ?? measured?.requestMs,
    keepAliveMs: given.keepAlive,
    deregistrationMs: given.deregistration,
  })
}

/** The options with what was given on the command line in place of theirs. */
export function withGiven(options: LifecycleOptions, given: GivenMs): LifecycleOptions {
  const { lameDuck, drain, close, flush, margin } = given
  return {
    ...options,
    ...(lameDuck !== undefined && { lameDuck: { minMs: lameDuck } }),
    ...(drain !== undefined && { drainTimeoutMs: drain }),
    ...(close !== undefined && { closeTimeoutMs: close }),
    ...(flush !== undefined && { flushTimeoutMs: flush }),
    ...(margin !== undefined && { marginMs: margin }),
  }
}
