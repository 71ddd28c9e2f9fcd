import {
  type Profile,
  type ProfileName,
  resolveProfile,
  type ResolvedContainer,
  type Workload,
} from '@lastcall/kubelet'
import { invalidOption } from '../options/invalid-option.ts'
import { parseDuration, parsePropagation } from '../options/parse-duration.ts'
import { parseEnv } from '../options/parse-env.ts'
import { parseCount } from '../options/parse-number.ts'
import { parseLong, parseMix, parseStream } from '../options/parse-traffic.ts'
import { describeAssumptions } from './describe-assumptions.ts'
import type { DrillPlan } from './drill-plan.ts'
import { findDependencies } from './find-dependencies.ts'
import { PLATFORM_ENV } from './platform-env.ts'
import { planProbe } from './plan-probe.ts'
import { SCENARIO_NAMES, type ScenarioName } from './scenario-name.ts'

/** The options of `drill`, as they come from the command line. */
export interface DrillFlags {
  readonly url?: string
  readonly ready?: string
  readonly live?: string
  readonly rps: string
  readonly connections: string
  readonly mix: string
  readonly long?: string
  readonly sse?: string
  readonly ws?: string
  readonly http2?: boolean
  readonly profile: string
  readonly grace?: string
  readonly preStop?: string
  readonly propagation?: string
  readonly runs: string
  readonly replicas: string
  readonly warmUp: string
  readonly startTimeout: string
  readonly env: readonly string[]
  readonly down: readonly string[]
  readonly scenario: readonly string[]
  readonly all?: boolean
}

/** What a manifest says about the container that the command stands for. */
export interface PlannedWorkload {
  readonly path: string
  readonly workload: Workload
  readonly container: ResolvedContainer
}

/** Checks the options and fills in what they leave out. Throws `LASTCALL_INVALID_OPTION`. */
export function createPlan(
  command: readonly string[],
  flags: DrillFlags,
  env: Readonly<Record<string, string | undefined>>,
  manifest?: PlannedWorkload,
): DrillPlan {
  const profile = resolveProfile(flags.profile)
  const given = { ...manifestEnv(manifest), ...parseEnv('--env', flags.env) }
  const propagation = flags.propagation === undefined ? undefined : parsePropagation('--propagation', flags.propagation)
  // The propagation of a profile is that of the slowest place that routes.
  const propagationMs = propagation?.ms ?? profile.propagationMs - profile.spreadMs
  const spreadMs = propagation?.spreadMs ?? profile.spreadMs
  const gracePeriodMs = resolveGrace(flags, profile, manifest)
  return {
    command,
    env: given,
    platformEnv: PLATFORM_ENV[profile.name as ProfileName],
    url: flags.url === undefined ? undefined : parseUrl(flags.url),
    readiness: planProbe('--ready', flags.ready, '/readyz', manifest?.container, 'readiness'),
    liveness: planProbe('--live', flags.live, '/livez', manifest?.container, 'liveness'),
    rps: parseCount('--rps', flags.rps),
    connections: parseCount('--connections', flags.connections),
    keepAliveShare: parseMix('--mix', flags.mix),
    http2: flags.http2 ?? false,
    long: flags.long === undefined ? undefined : parseLong('--long', flags.long, 0.05),
    sse: flags.sse === undefined ? undefined : parseStream('--sse', flags.sse, 5),
    websocket: flags.ws === undefined ? undefined : parseStream('--ws', flags.ws, 5),
    ...{ profile, gracePeriodMs, propagationMs, spreadMs },
    stopSignal: manifest?.container.stopSignal ?? profile.stopSignal,
    preStop: resolvePreStop(flags, manifest),
    warmUpMs: parseDuration('--warm-up', flags.warmUp),
    startTimeoutMs: parseDuration('--start-timeout', flags.startTimeout),
    runs: parseCount('--runs', flags.runs),
    replicas: parseCount('--replicas', flags.replicas, 2),
    scenarios: resolveScenarios(flags),
    skips: flags.all ?? false,
    down: flags.down.length > 0 ? parseEnv('--down', flags.down) : findDependencies({ ...env, ...given }),
    assumptions: describeAssumptions(flags, profile, { gracePeriodMs, propagationMs, spreadMs }, manifest),
  }
}

function resolveGrace(flags: DrillFlags, profile: Profile, manifest: PlannedWorkload | undefined): number {
  if (flags.grace !== undefined) return parseDuration('--grace', flags.grace)
  const seconds = manifest?.workload.terminationGracePeriodSeconds
  return seconds === undefined ? profile.gracePeriodMs : seconds * 1000
}

function resolvePreStop(flags: DrillFlags, manifest: PlannedWorkload | undefined): DrillPlan['preStop'] {
  if (flags.preStop !== undefined) {
    const seconds = parseDuration('--pre-stop', flags.preStop.replace(/^sleep:/, '')) / 1000
    return seconds === 0 ? undefined : { type: 'sleep', seconds }
  }
  return manifest?.container.preStop
}

function resolveScenarios({ all, scenario }: DrillFlags): readonly ScenarioName[] {
  if (all) return SCENARIO_NAMES
  const names = scenario.flatMap((each) => each.split(','))
  for (const name of names) {
    if (!(SCENARIO_NAMES as readonly string[]).includes(name))
      throw invalidOption('--scenario', name, `one of ${SCENARIO_NAMES.join(', ')}`)
  }
  return names.length === 0 ? ['terminate'] : (names as ScenarioName[])
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw invalidOption('--url', text, 'an address such as http://127.0.0.1:3000/')
  return url.href
}

function manifestEnv(manifest: PlannedWorkload | undefined): Record<string, string> {
  const entries = manifest?.container.spec.env ?? []
  return Object.fromEntries(entries.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))
}
