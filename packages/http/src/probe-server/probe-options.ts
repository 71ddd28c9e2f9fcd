import { type Details, LastcallError, type ProbePaths } from '@lastcall/core'
import { HEARTBEAT_MS } from './heartbeat.ts'

/** What the probes make of an event loop that is blocked. Each is at least 200; `Infinity` turns it off. */
export interface BlockedOptions {
  /** From when on both probes warn, and the function is looked for, in milliseconds. @default 1000 */
  readonly reportMs?: number
  /** From when on readiness fails, in milliseconds. @default 10000 */
  readonly readinessMs?: number
  /** From when on liveness fails, in milliseconds. @default 30000 */
  readonly livenessMs?: number
}

/** Options of `serveProbes`; every one has a default. */
export interface ServeProbesOptions {
  /** 0 takes any that is free. @default 9000 */
  readonly port?: number
  /** @default every address of the machine */
  readonly host?: string
  readonly paths?: ProbePaths
  /** Who sees the output and data of checks; a function cannot go to another thread. @default the lifecycle's, or 'never' */
  readonly details?: 'never' | 'always'
  readonly blocked?: BlockedOptions
}

/** The thresholds as they are used. */
export type BlockedThresholds = Required<BlockedOptions>

/** The options as the probe thread uses them: plain data. */
export interface ResolvedProbeOptions {
  readonly port: number
  readonly host: string | undefined
  readonly paths: ProbePaths
  readonly details: 'never' | 'always'
  readonly blocked: BlockedThresholds
}

/** What `serveProbes` does when nothing is said. */
export const PROBE_SERVER_DEFAULTS = {
  port: 9000,
  blocked: { reportMs: 1000, readinessMs: 10_000, livenessMs: 30_000 },
}

/** Two heartbeats: what is shorter cannot be told from a loop that runs. */
const LEAST_BLOCKED_MS = 2 * HEARTBEAT_MS

/** Applies the defaults. Throws `LASTCALL_INVALID_OPTION`. */
export function resolveProbeOptions(options: ServeProbesOptions, inherited: Details): ResolvedProbeOptions {
  const { port = PROBE_SERVER_DEFAULTS.port, host, paths = {} } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw invalid('port', port, 'a whole number from 0 to 65535')
  }
  for (const path of Object.values(paths)) {
    if (path !== false && !String(path).startsWith('/')) {
      throw invalid('paths', path, "paths that begin with '/', or false")
    }
  }
  const details = options.details ?? (typeof inherited === 'function' ? 'never' : inherited)
  if (details !== 'never' && details !== 'always') throw invalid('details', details, "'never' or 'always'")
  return { port, host, paths: { ...paths }, details, blocked: resolveBlocked(options.blocked ?? {}) }
}

function resolveBlocked(blocked: BlockedOptions): BlockedThresholds {
  const threshold = (field: keyof BlockedOptions) => {
    const value = blocked[field] ?? PROBE_SERVER_DEFAULTS.blocked[field]
    if (typeof value === 'number' && value >= LEAST_BLOCKED_MS) return value
    throw invalid(`blocked.${field}`, value, `milliseconds, ${LEAST_BLOCKED_MS} or more, or Infinity to turn it off`)
  }
  return { reportMs: threshold('reportMs'), readinessMs: threshold('readinessMs'), livenessMs: threshold('livenessMs') }
}

function invalid(option: string, value: unknown, expected: string): LastcallError {
  const shown = typeof value === 'string' ? `'${value}'` : String(value)
  return new LastcallError('LASTCALL_INVALID_OPTION', `Option ${option} of serveProbes is ${shown}: pass ${expected}.`)
}
