import { answerProbe, formatReport, type Lifecycle, LastcallError, PROBE_PATHS } from '@lastcall/core'
import type { HealthCheck, TerminusOptions } from './options.ts'

/** What the engine cuts, it says before terminus does it. In milliseconds. */
const CUT_AFTER_MS = 50

/**
 * Options for `createTerminus` of `@godaddy/terminus`: it answers the probes from the lifecycle, and its signal and its
 * stop are one sequence with the lifecycle's shutdown. Throws `LASTCALL_INVALID_OPTION` unless the lifecycle was made
 * with `signals: false, exit: false`.
 */
export function terminusOptions(lifecycle: Lifecycle): Omit<TerminusOptions, 'lifecycle'> {
  refuseOwner(lifecycle)
  const { clock, options } = lifecycle
  const lameDuckOver = Promise.withResolvers<void>()
  const serverStopped = Promise.withResolvers<void>()
  let signalledAt: number | undefined

  lifecycle.subscribe((event) => {
    if (event.type === 'phase:begin' && event.phase === 'drain') lameDuckOver.resolve()
  })
  lifecycle.attach({
    name: '@godaddy/terminus',
    lameDuck() {},
    lastConnectionAt: () => undefined,
    // Without the signal, nobody stops the server.
    drain: async () => (signalledAt === undefined ? undefined : serverStopped.promise),
    abort: () => [
      { kind: 'connection', name: 'what @godaddy/terminus drains', ageMs: clock.now() - (signalledAt ?? 0) },
    ],
    inFlight: () => [],
  })

  return {
    healthChecks: { verbatim: true, ...probeChecks(lifecycle) },
    headers: { 'Content-Type': 'application/health+json', 'Cache-Control': 'no-store' },
    // The lifecycle tells which probe fails while it drains: liveness does not.
    sendFailuresDuringShutdown: false,
    signals: ['SIGTERM', 'SIGINT', 'SIGHUP'],
    timeout: options.drainTimeoutMs + CUT_AFTER_MS,
    // Of the signal a process that is PID 1 would not end.
    useExit0: true,
    async beforeShutdown() {
      signalledAt = clock.now()
      void lifecycle.shutdown('the signal of @godaddy/terminus')
      await lameDuckOver.promise
    },
    async onSignal() {
      serverStopped.resolve()
      const report = await lifecycle.shutdown()
      if (report.outcome === 'clean') return
      throw new LastcallError('LASTCALL_SHUTDOWN_FAILED', `${formatReport(report)}. The report tells what to mend.`)
    },
  }
}

function refuseOwner({ name, options }: Lifecycle): void {
  const owned = [options.signals !== false && 'signals', options.exit !== false && 'exit'].filter(Boolean)
  if (owned.length === 0) return
  throw new LastcallError(
    'LASTCALL_INVALID_OPTION',
    `Lifecycle '${name}' has ${owned.join(' and ')} of its own, which @godaddy/terminus has too: ` +
      `make it with createLifecycle({ signals: false, exit: false }).`,
  )
}

function probeChecks(lifecycle: Lifecycle): Record<string, HealthCheck> {
  return Object.fromEntries(Object.values(PROBE_PATHS).map((path) => [path, () => checkProbe(lifecycle, path)]))
}

async function checkProbe(lifecycle: Lifecycle, path: string): Promise<unknown> {
  const { clock, options } = lifecycle
  const request = { method: 'GET', url: path, headers: { accept: 'application/json' } }
  const answer = answerProbe(lifecycle.snapshot(), request, { now: clock.now(), details: options.details })
  const { status = 404, body = '{}' } = answer ?? {}
  const health: unknown = JSON.parse(body)
  if (status !== 200) {
    throw Object.assign(new Error(`${path} answers ${status}`), { statusCode: status, statusResponse: health })
  }
  return health
}
