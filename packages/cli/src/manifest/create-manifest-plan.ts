import { LastcallError, type LifecycleOptions, type PlatformName, PRESETS } from '@lastcall/core'
import { type BudgetFlags, parseGiven } from '../budget/budget-flags.ts'
import type { Budget } from '../budget/budget.ts'
import { collectBudget } from '../budget/collect-budget.ts'
import { windowMs } from '../budget/window.ts'
import { invalidOption } from '../options/invalid-option.ts'
import { parseDuration } from '../options/parse-duration.ts'
import { parseCount } from '../options/parse-number.ts'
import { MANIFEST_TARGETS, type ManifestPlan, type ManifestTarget } from './manifest-plan.ts'

/** The options of `manifest`, as they come from the command line. */
export interface ManifestFlags extends BudgetFlags {
  readonly name?: string
  readonly image?: string
  readonly port: string
  readonly probePort: string
  readonly startTimeout: string
}

/** What stops the process on each target; what routes to it may be another row on Kubernetes alone. */
const PLATFORMS: Readonly<Record<ManifestTarget, readonly PlatformName[]>> = {
  kubernetes: ['kubernetes', 'ingress-nginx', 'traefik', 'aws-lbc', 'agic', 'gke-neg'],
  ecs: ['ecs'],
  'cloud-run': ['cloud-run'],
  compose: ['docker'],
  systemd: ['systemd'],
}

/** The longest grace period that a target can be told; the others take any. */
const MOST_SECONDS: Readonly<Partial<Record<ManifestTarget, number>>> = {
  // On Fargate.
  ecs: 120,
  'cloud-run': PRESETS['cloud-run'].gracePeriodMs / 1000,
}

/** What a grace period that had to grow is a multiple of. */
const STEP_MS = 5000

/**
 * Plans a manifest: the grace period is the platform's own default, or as much as the lifecycle needs. Throws
 * `LASTCALL_INVALID_OPTION`, and `LASTCALL_BUDGET_EXCEEDED` where the target cannot give it that much.
 */
export function createManifestPlan(target: string, flags: ManifestFlags, options?: LifecycleOptions): ManifestPlan {
  if (!isTarget(target)) throw invalidOption('target', target, `one of ${MANIFEST_TARGETS.join(', ')}`)
  const platform = flags.platform ?? options?.platform ?? PLATFORMS[target][0]!
  if (!PLATFORMS[target].includes(platform as PlatformName)) {
    throw invalidOption('--platform', platform, `${PLATFORMS[target].join(', ')} for ${target}`)
  }
  const given = parseGiven(flags)
  // In whole seconds, as Kubernetes wants it.
  const preStopSeconds = Math.ceil((given.preStop ?? 0) / 1000)
  if (preStopSeconds > 0 && target !== 'kubernetes') {
    throw invalidOption('--pre-stop', flags.preStop ?? '', `none for ${target}, which has no such hook`)
  }
  const propagationMs = given.propagation ?? PRESETS[platform as PlatformName].propagationMs
  const lameDuck = { minMs: Math.max(0, propagationMs - preStopSeconds * 1000) }
  const budget = fit({ ...flags, platform, preStop: `${preStopSeconds}s` }, { lameDuck, ...options })
  const graceSeconds = Math.ceil(budget.facts.gracePeriodMs / 1000)
  const most = MOST_SECONDS[target]
  if (budget.neededMs > budget.facts.gracePeriodMs || (most !== undefined && graceSeconds > most)) {
    throw exceeded(target, budget, most)
  }
  const name = flags.name ?? options?.name ?? 'service'
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    throw invalidOption('--name', name, 'small letters, digits and hyphens, as Kubernetes wants it')
  }
  return {
    ...{ target, name, graceSeconds, budget },
    image: flags.image ?? (target === 'kubernetes' ? undefined : name),
    port: parseCount('--port', flags.port),
    probePort: parseCount('--probe-port', flags.probePort),
    preStopSeconds,
    startSeconds: Math.ceil(parseDuration('--start-timeout', flags.startTimeout) / 1000),
    code: codeOf(budget, graceSeconds),
  }
}

function isTarget(text: string): text is ManifestTarget {
  return (MANIFEST_TARGETS as readonly string[]).includes(text)
}

/**
 * The budget with the preset's grace period; where that does not do, and none was given, with the least round one that
 * leaves the drain as much as it has on Kubernetes by default.
 */
function fit(flags: BudgetFlags, options: LifecycleOptions): Budget {
  const budget = collectBudget(flags, { options })
  const isGiven = flags.grace !== undefined || options.gracePeriodMs !== undefined
  if (isGiven || budget.neededMs <= budget.facts.gracePeriodMs) return budget
  const { drainMs } = collectBudget({ platform: 'kubernetes' }, {}).terms
  const { neededMs } = collectBudget(flags, { options: { drainTimeoutMs: drainMs, ...options } })
  const seconds = (Math.ceil(neededMs / STEP_MS) * STEP_MS) / 1000
  return collectBudget({ ...flags, grace: `${seconds}s` }, { options })
}

function exceeded(target: ManifestTarget, { neededMs, facts }: Budget, most: number | undefined): LastcallError {
  const has = Math.min(facts.gracePeriodMs / 1000, most ?? Infinity)
  return new LastcallError(
    'LASTCALL_BUDGET_EXCEEDED',
    `The shutdown takes ${neededMs / 1000} s, and ${target} is to give it ${has}: shorten a phase` +
      `${most === undefined || has < most ? ', or allow more with --grace' : ''}.`,
  )
}

/** What the service must be told: what the lifecycle does not take by itself. */
function codeOf({ facts, terms }: Budget, graceSeconds: number): string {
  const { platform } = facts
  const preset = PRESETS[platform]
  const leftMs = windowMs(graceSeconds * 1000, terms.preStopMs)
  const parts = [
    // A container sees that it is on Kubernetes, and not what routes to it.
    ...(PLATFORMS.kubernetes.indexOf(platform) > 0 ? [`platform: '${platform}'`] : []),
    ...(leftMs === preset.gracePeriodMs ? [] : [`gracePeriodMs: ${leftMs}`]),
    ...(terms.lameDuckMinMs === preset.propagationMs ? [] : [`lameDuck: { minMs: ${terms.lameDuckMinMs} }`]),
  ]
  return parts.length === 0 ? 'createLifecycle()' : `createLifecycle({ ${parts.join(', ')} })`
}
