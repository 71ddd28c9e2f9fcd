import { type Clock, createLifecycle, type Lifecycle, LastcallError, type LifecycleOptions } from '@lastcall/core'
import { endProcess } from './end-process.ts'
import type { TerminusOptions } from './options.ts'
import { terminusProcess, type TerminusProcess } from './terminus-process.ts'

/** What a user who keeps the semantics of terminus sets, and a lifecycle that is given has settled already. */
const SETTLED = ['signal', 'signals', 'timeout'] as const

/** Terminus waits for ever for hooks; this only ends what hangs, as the platform has killed by then. In milliseconds. */
const HOOK_TIMEOUT_MS = 300_000

/** Longer than any shutdown, for a `timeout` that never ends it: a budget is a finite number. */
const NEVER_MS = 2 ** 31 - 1

/** What the lifecycle runs on; its own are for tests. */
export interface Ports {
  readonly process?: TerminusProcess
  readonly clock?: Clock
}

/** The lifecycle that is given, or one that is made of the options. Throws what `createLifecycle` throws. */
export function resolveLifecycle(options: TerminusOptions, ports: Ports = {}): Lifecycle {
  const { lifecycle } = options
  if (lifecycle === undefined) return terminusLifecycle(options, ports)
  if (!isLifecycle(lifecycle)) return startedLifecycle(options, lifecycle)
  const settled = SETTLED.filter((option) => options[option] !== undefined)
  if (settled.length === 0) return lifecycle
  throw new LastcallError(
    'LASTCALL_INVALID_OPTION',
    `createTerminus was given a lifecycle and ${settled.join(', ')}: '${lifecycle.name}' has signals and a drainTimeoutMs ` +
      `of its own. Set those in createLifecycle and leave ${settled.join(', ')} out.`,
  )
}

/** Terminus' own semantics: its signals, no lame duck but `beforeShutdown`, `timeout` for the drain, its exit. */
function terminusLifecycle(options: TerminusOptions, { process = terminusProcess(), clock }: Ports): Lifecycle {
  const drainTimeoutMs = timeoutMs(options)
  const lifecycle = createLifecycle({
    // Nothing that depends on where it runs: terminus does not look.
    platform: 'local',
    signals: signalsOf(options),
    exit: false,
    lameDuck: { minMs: 0, quietMs: 0, maxMs: 0 },
    announceTimeoutMs: HOOK_TIMEOUT_MS,
    drainTimeoutMs,
    closeTimeoutMs: HOOK_TIMEOUT_MS,
    flushTimeoutMs: HOOK_TIMEOUT_MS,
    marginMs: 0,
    gracePeriodMs: 3 * HOOK_TIMEOUT_MS + drainTimeoutMs,
    process,
    ...(clock && { clock }),
  })
  endProcess(lifecycle, process, options.useExit0 ?? false)
  return lifecycle
}

/** A lifecycle with the defaults of `createLifecycle`; what is set for terminus counts where it has the same meaning. */
function startedLifecycle(options: TerminusOptions, given: LifecycleOptions): Lifecycle {
  const setsSignals = options.signal !== undefined || options.signals !== undefined
  const lifecycle = createLifecycle({
    ...(setsSignals && { signals: signalsOf(options) }),
    ...(options.timeout !== undefined && { drainTimeoutMs: timeoutMs(options) }),
    ...given,
  })
  // A signal that ends the start is no failure of it.
  void lifecycle.start().catch(() => {})
  return lifecycle
}

function isLifecycle(value: Lifecycle | LifecycleOptions): value is Lifecycle {
  return 'attach' in value
}

/** Terminus adds `signal` to `signals`, in the array of the caller. */
function signalsOf({ signal = 'SIGTERM', signals = [] }: TerminusOptions): readonly string[] {
  return [...signals, signal]
}

/** As a timer takes it: text that is a number, and nothing below 0. */
function timeoutMs({ timeout = 1000 }: TerminusOptions): number {
  const ms = Number(timeout)
  return ms < NEVER_MS ? Math.max(0, ms) : NEVER_MS
}
