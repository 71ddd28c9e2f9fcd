import { type PlatformName, PRESETS } from '@lastcall/core'
import { resolve } from 'node:path'
import { ServiceError } from './errors/service-error.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const PLATFORMS = Object.keys(PRESETS) as PlatformName[]
const PAGE_STOPS = ['local', 'always', 'off'] as const

const MAX_PORT = 65_535
const MAX_MS = 24 * 60 * 60 * 1000

/** How much the service logs. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/** All that can be set from outside; each field names its environment variable. */
export interface Config {
  /** `PORT`; 0 takes any free one. @default 3000 */
  readonly port: number
  /** `HOST`: the address to listen on. @default '0.0.0.0', which a container needs */
  readonly host: string
  /** `PROBE_PORT`: where probes answer on a thread of their own; `off` leaves them to `PORT` alone. @default 9000 */
  readonly probePort: number | undefined
  /** `LIVE_PORT`: where the live page's stream outlasts the drain; `off` shows it on `PORT` alone. @default 0, any free one */
  readonly livePort: number | undefined
  /** `PAGE_STOP`: who may stop the service from its page. @default 'local', a browser on this machine */
  readonly pageStop: 'local' | 'always' | 'off'
  /** `DATABASE_URL`: a real PostgreSQL. @default the embedded one in `DATA_DIR` */
  readonly databaseUrl: string | undefined
  /** `DATA_DIR`: where the embedded PostgreSQL keeps its files. @default '.data' in this app's folder */
  readonly dataDir: string
  /** `LOG_LEVEL`: `info` shows each request and each step of the lifecycle. @default 'warn' */
  readonly logLevel: LogLevel
  /** `PROCESSING_MS`: how long the worker takes over one order. @default 250 */
  readonly processingMs: number
  /** `LEASE_MS`: after how long an order whose worker was killed is taken up again. @default 10000 */
  readonly leaseMs: number
  /** `PLATFORM`: whose times it keeps to, such as `ingress-nginx`. @default the one it finds itself on */
  readonly platform: PlatformName | undefined
  /** `GRACE_PERIOD_MS`: from the signal to the kill. @default the platform's */
  readonly gracePeriodMs: number | undefined
  /** `LAME_DUCK_MS`: how long it goes on serving after the signal. @default the platform's propagation time */
  readonly lameDuckMs: number | undefined
  /** `LAME_DUCK_QUIET_MS`: and then until no new connection has come for this long. @default the lifecycle's */
  readonly lameDuckQuietMs: number | undefined
}

/** Reads the configuration. Throws `ORDERS_INVALID_CONFIG` for the first variable that makes no sense. */
export function resolveConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = (name: string) => (env[name] === '' ? undefined : env[name])
  return {
    port: readNumber('PORT', read('PORT'), MAX_PORT) ?? 3000,
    host: read('HOST') ?? '0.0.0.0',
    probePort: readPort('PROBE_PORT', read('PROBE_PORT'), 9000),
    livePort: readPort('LIVE_PORT', read('LIVE_PORT'), 0),
    pageStop: readChoice('PAGE_STOP', read('PAGE_STOP'), PAGE_STOPS) ?? 'local',
    databaseUrl: readDatabaseUrl(read('DATABASE_URL')),
    dataDir: resolve(read('DATA_DIR') ?? `${import.meta.dirname}/../.data`),
    logLevel: readChoice('LOG_LEVEL', read('LOG_LEVEL'), LOG_LEVELS) ?? 'warn',
    processingMs: readNumber('PROCESSING_MS', read('PROCESSING_MS')) ?? 250,
    leaseMs: readNumber('LEASE_MS', read('LEASE_MS')) ?? 10_000,
    platform: readChoice('PLATFORM', read('PLATFORM'), PLATFORMS),
    gracePeriodMs: readNumber('GRACE_PERIOD_MS', read('GRACE_PERIOD_MS')),
    lameDuckMs: readNumber('LAME_DUCK_MS', read('LAME_DUCK_MS')),
    lameDuckQuietMs: readNumber('LAME_DUCK_QUIET_MS', read('LAME_DUCK_QUIET_MS')),
  }
}

function readNumber(name: string, text: string | undefined, max = MAX_MS, orElse = ''): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= max) return value
  throw invalid(name, text, `a whole number from 0 to ${max}${orElse}`)
}

function readPort(name: string, text: string | undefined, orElse: number): number | undefined {
  if (text === 'off') return undefined
  return readNumber(name, text, MAX_PORT, ' or off') ?? orElse
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text
  // The text is not repeated: it may hold a password.
  throw invalid('DATABASE_URL', undefined, 'an address such as postgres://user:password@host:5432/orders')
}

function readChoice<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (text === undefined) return undefined
  const choice = choices.find((known) => known === text)
  if (choice !== undefined) return choice
  throw invalid(name, text, `one of ${choices.join(', ')}`)
}

function invalid(name: string, text: string | undefined, wanted: string): ServiceError {
  const found = text === undefined ? 'cannot be read' : `is "${text}"`
  return new ServiceError('ORDERS_INVALID_CONFIG', `${name} ${found}. Set it to ${wanted}, or leave it unset.`)
}
