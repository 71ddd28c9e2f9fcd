import {
  type Classes,
  type DrillResult,
  OUTCOMES,
  type Outcome,
  type OutcomeCount,
  type Phase,
  PHASES,
  type RunResult,
  type SeriesBucket,
  VERDICT_CODES,
} from '../src/drill/result.ts'

type Counts = Partial<Record<Phase, Partial<Record<Outcome, OutcomeCount>>>>

/** Classes that are zero where nothing is said. */
export function exampleClasses(counts: Counts = {}): Classes {
  const none = { total: 0, lost: 0 }
  return Object.fromEntries(
    PHASES.map((phase) => [
      phase,
      Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counts[phase]?.[outcome] ?? none])),
    ]),
  ) as unknown as Classes
}

/** A run of a server that serves its lame duck, drains and exits: nothing is lost. */
export function exampleRun(changes: Partial<RunResult> = {}): RunResult {
  return {
    scenario: 'terminate',
    run: 1,
    requests: 1312,
    lost: 0,
    classes: exampleClasses({
      before: { answered: { total: 400, lost: 0 } },
      lameDuck: { answered: { total: 900, lost: 0 } },
      drain: { answered: { total: 12, lost: 0 } },
    }),
    losses: [],
    exitCode: 0,
    exitSignal: null,
    exitMs: 5431.4,
    verdicts: [],
    judged: VERDICT_CODES.filter((code) => code !== 'PORT-BOUND'),
    timeline: [
      { kind: 'signal', atMs: 0, detail: 'SIGTERM' },
      { kind: 'readinessRed', atMs: 8, detail: '503' },
      { kind: 'firstClose', atMs: 11 },
      { kind: 'propagationOver', atMs: 5000 },
      { kind: 'listenerClosed', atMs: 5052 },
      { kind: 'lastResponse', atMs: 5398 },
      { kind: 'lastSocket', atMs: 5401 },
      { kind: 'exit', atMs: 5431.4, detail: 'exit code 0' },
    ],
    latency: {
      before: { count: 400, p50Ms: 12.1, p90Ms: 14.2, p99Ms: 21.8, p999Ms: 30.2, maxMs: 31.7 },
      during: { count: 912, p50Ms: 12.3, p90Ms: 15.1, p99Ms: 28.4, p999Ms: 44, maxMs: 351.2 },
      after: { count: 0, p50Ms: null, p90Ms: null, p99Ms: null, p999Ms: null, maxMs: null },
    },
    series: exampleSeries(5431, () => ({ outcomes: { answered: 18 }, lost: 0, maxLatencyMs: 15 })),
    logTail: ['listening on 3000', 'orders stopped in 5.40 s on SIGTERM: clean, exit 0'],
    ...changes,
  }
}

/** A run of a server that calls `server.close()` on the signal: what still comes is refused. */
export function exampleLossyRun(changes: Partial<RunResult> = {}): RunResult {
  return exampleRun({
    requests: 1240,
    lost: 37,
    classes: exampleClasses({
      before: { answered: { total: 400, lost: 0 } },
      lameDuck: { answered: { total: 2, lost: 0 } },
      drain: {
        answered: { total: 801, lost: 0 },
        refused: { total: 12, lost: 12 },
        resetReused: { total: 1, lost: 1 },
      },
      afterExit: { refused: { total: 24, lost: 24 } },
    }),
    losses: [
      {
        ...{
          cause: 'the platform still routed to it',
          outcome: 'refused',
          count: 36,
          firstMs: 12,
          lastMs: 4981,
        },
        sample: 'GET / on a new connection: ECONNREFUSED after 1 ms',
      },
      {
        ...{ cause: 'a kept connection was closed as it was used', outcome: 'resetReused', count: 1 },
        ...{ firstMs: 31, lastMs: 31, sample: 'GET / on a reused connection: ECONNRESET after 1 ms' },
      },
    ],
    exitMs: 4210,
    judged: VERDICT_CODES.filter((code) => code !== 'PORT-BOUND' && code !== 'READY-FLAP'),
    verdicts: [
      {
        code: 'LOST',
        summary: '37 of 1240 requests were lost, from +12 ms to +4981 ms',
        atMs: 12,
        cause: 'The server stopped listening 2 ms after the signal, while the platform still routed to it.',
        fix: 'Keep listening for 5 s after the signal: attach the server to a lifecycle, or wait before server.close().',
      },
      {
        code: 'NO-DRAIN-WINDOW',
        summary: 'it stopped listening at +2 ms, and the platform routed until +5000 ms',
        atMs: 2,
        cause: 'Its lame duck is shorter than the propagation, so that new connections are refused.',
        fix: 'Go on listening for 5000 ms or more after the signal, or put a preStop sleep before it.',
      },
      {
        code: 'NO-CLOSE-HEADER',
        summary: '803 of 803 answers on kept connections did not say Connection: close',
        cause: 'From +14 ms on, clients go on with connections that are about to be closed under them.',
        fix: 'Send Connection: close with every answer after the signal.',
      },
    ],
    timeline: [
      { kind: 'signal', atMs: 0, detail: 'SIGTERM' },
      { kind: 'listenerClosed', atMs: 2 },
      { kind: 'firstLoss', atMs: 12 },
      { kind: 'lastResponse', atMs: 1190 },
      { kind: 'exit', atMs: 4210, detail: 'exit code 0' },
      { kind: 'propagationOver', atMs: 5000 },
    ],
    series: exampleSeries(5431, (atMs) =>
      atMs < 0 || atMs > 5000
        ? { outcomes: { answered: 18 }, lost: 0, maxLatencyMs: 15 }
        : { outcomes: { answered: 14, refused: 4 }, lost: 4, maxLatencyMs: 22 },
    ),
    ...changes,
  })
}

/** A drill's result of these runs. */
export function exampleResult(
  runs: readonly RunResult[] = [exampleRun()],
  changes: Partial<DrillResult> = {},
): DrillResult {
  return {
    schemaVersion: 1,
    command: ['node', 'server.js'],
    profile: 'kubernetes',
    settings: {
      url: 'http://127.0.0.1:3000/',
      rps: 180,
      connections: 20,
      gracePeriodMs: 30_000,
      preStopMs: 0,
      propagationMs: 5000,
      spreadMs: 0,
      signal: 'SIGTERM',
    },
    assumptions: ['The server listens on port 3000: it was found in its output.', '/readyz answers for readiness.'],
    runs,
    skipped: [],
    suggestions: [{ setting: 'drain', ms: 3000, why: 'The slowest answer after the signal took 351 ms.' }],
    verdict: runs.some(({ verdicts }) => verdicts.length > 0) ? 'fail' : 'pass',
    ...changes,
  }
}

function exampleSeries(endMs: number, bucketAt: (atMs: number) => SeriesBucket): RunResult['series'] {
  const [startMs, bucketMs] = [-2000, 100]
  const count = Math.ceil((endMs - startMs) / bucketMs)
  return {
    startMs,
    bucketMs,
    buckets: Array.from({ length: count }, (_, index) => bucketAt(startMs + index * bucketMs)),
  }
}
