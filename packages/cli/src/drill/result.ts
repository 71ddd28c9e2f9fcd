import type { ScenarioName } from './scenario-name.ts'

/** When a request was sent: up to the signal; while the server still listened; until it was gone; and then. */
export const PHASES = ['before', 'lameDuck', 'drain', 'afterExit'] as const
export type Phase = (typeof PHASES)[number]

/**
 * How a request ended: `answered` to the end, or so with `serverError` (5xx); `refused` (no connection); `resetNew` and
 * `resetReused` (its connection ended before any answer, and it was its first request or not); `truncated` (the answer
 * began and did not end); `timedOut`; `retryable` (HTTP/2 said that it was not processed, so clients send it again).
 */
export const OUTCOMES = [
  'answered',
  'serverError',
  'refused',
  'resetNew',
  'resetReused',
  'truncated',
  'timedOut',
  'retryable',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Requests by phase and outcome. `lost` are those that a router was right to send and that got no good answer. */
export type Classes = Readonly<Record<Phase, Readonly<Record<Outcome, OutcomeCount>>>>

/** Some requests, and how many of them are lost. */
export interface OutcomeCount {
  readonly total: number
  readonly lost: number
}

/** What a drill can find at fault. */
export const VERDICT_CODES = [
  'LOST',
  'LATE-EXIT',
  'KILLED',
  'LIVENESS-RED',
  'NO-CLOSE-HEADER',
  'KEEPALIVE-LINGER',
  'READY-FLAP',
  'ORPHANS',
  'PORT-BOUND',
  'SIGNAL-NOT-RECEIVED',
  'NO-DRAIN-WINDOW',
] as const
export type VerdictCode = (typeof VERDICT_CODES)[number]

/** One fault: what was seen, why in one sentence, and what to change. */
export interface Verdict {
  readonly code: VerdictCode
  /** One sentence with the numbers: `29 of 312 requests were lost, from +12 ms to +480 ms`. */
  readonly summary: string
  /** When it was seen first, in milliseconds from the signal. Absent where no moment belongs to it. */
  readonly atMs?: number
  /** The likely cause, in one sentence. */
  readonly cause: string
  /** What to change, in one sentence. */
  readonly fix: string
}

/** Lost requests that have one cause. */
export interface Loss {
  /** A phrase: `refused while the platform still routed`. */
  readonly cause: string
  readonly outcome: Outcome
  readonly count: number
  /** When the first and the last of them failed, in milliseconds from the signal. */
  readonly firstMs: number
  readonly lastMs: number
  /** One of them, written out. */
  readonly sample: string
}

/** What a timeline can show, each at most once save the readiness and liveness changes. */
export const TIMELINE_KINDS = [
  'terminating',
  'signal',
  'secondSignal',
  'readinessRed',
  'readinessGreen',
  'livenessRed',
  'livenessGreen',
  'firstClose',
  'propagationOver',
  'listenerClosed',
  'firstLoss',
  'lastResponse',
  'lastSocket',
  'exit',
  'sigkill',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

/** Something that happened, in milliseconds from the signal; `terminating` comes before it where there is a preStop. */
export interface TimelineEvent {
  readonly kind: TimelineKind
  readonly atMs: number
  /** More about it: `503`, `SIGTERM`, `exit code 1`. */
  readonly detail?: string
}

/** Percentiles from the moment each request was due, in milliseconds; `null` where there was no answer. */
export interface LatencySummary {
  readonly count: number
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  readonly p99Ms: number | null
  readonly p999Ms: number | null
  readonly maxMs: number | null
}

/** Latency of what was answered: sent before the signal, from it to the exit, and later (by other replicas). */
export interface Latency {
  readonly before: LatencySummary
  readonly during: LatencySummary
  readonly after: LatencySummary
}

/** Requests over time, by when they were due. */
export interface Series {
  readonly bucketMs: number
  /** The first bucket begins here, in milliseconds from the signal. */
  readonly startMs: number
  readonly buckets: readonly SeriesBucket[]
}

/** What became of the requests of one bucket; outcomes that did not occur are absent. */
export interface SeriesBucket {
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>
  readonly lost: number
  /** The slowest answer, or `null`. */
  readonly maxLatencyMs: number | null
}

/** One end of the command under load. */
export interface RunResult {
  readonly scenario: ScenarioName
  /** From 1, within its scenario. */
  readonly run: number
  readonly requests: number
  readonly lost: number
  readonly classes: Classes
  readonly losses: readonly Loss[]
  /** `null` where a signal ended it. */
  readonly exitCode: number | null
  /** The signal that ended it, or `null`. */
  readonly exitSignal: string | null
  /** From the signal to the end of the process, by itself or by SIGKILL. */
  readonly exitMs: number
  /** The faults that were found; empty when all is well. */
  readonly verdicts: readonly Verdict[]
  /** What was judged; of these, what is not in `verdicts` passed. The others could not be judged: see `assumptions`. */
  readonly judged: readonly VerdictCode[]
  /** In order of time. */
  readonly timeline: readonly TimelineEvent[]
  readonly latency: Latency
  readonly series: Series
  /** The last lines of its stdout and stderr. */
  readonly logTail: readonly string[]
}

/** What the drill would set, from what it measured; each with the reason. */
export interface Suggestion {
  readonly setting: 'lameDuck' | 'drain' | 'gracePeriod'
  readonly ms: number
  readonly why: string
}

/** What the drill worked with, after everything was found out and filled in. */
export interface DrillSettings {
  readonly url: string
  readonly rps: number
  readonly connections: number
  readonly gracePeriodMs: number
  readonly preStopMs: number
  readonly propagationMs: number
  /** How much sooner the first, and later the last, of what routes hears of the stop. */
  readonly spreadMs: number
  readonly signal: string
}

/** A scenario that was not run, and why: one sentence. */
export interface SkippedScenario {
  readonly scenario: ScenarioName
  readonly reason: string
}

/** Everything a drill found; what `--json` prints. */
export interface DrillResult {
  readonly schemaVersion: 1
  /** The command and its arguments. */
  readonly command: readonly string[]
  /** The platform's profile, such as `kubernetes`. */
  readonly profile: string
  readonly settings: DrillSettings
  /** Sentences: what it found out and what it took for granted. */
  readonly assumptions: readonly string[]
  readonly runs: readonly RunResult[]
  /** Scenarios that could not be run with this command, such as a rolling restart of one that does not take `PORT`. */
  readonly skipped: readonly SkippedScenario[]
  readonly suggestions: readonly Suggestion[]
  /** `pass` when no run has a verdict. */
  readonly verdict: 'pass' | 'fail'
}
