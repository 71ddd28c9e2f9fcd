import type { Check, ComponentCheck } from './checks/check.ts'
import { createChecks } from './checks/checks.ts'
import type { Component } from './components/component.ts'
import { createComponents } from './components/components.ts'
import { isLastcallError, LastcallError } from './errors/lastcall-error.ts'
import { messageOf } from './errors/message-of.ts'
import { createEmitter } from './events/emitter.ts'
import { logEvents } from './events/log-events.ts'
import { given } from './given.ts'
import { joinExit } from './exit/join-exit.ts'
import type { Lifecycle } from './lifecycle.ts'
import { listenToProcess } from './listen-to-process.ts'
import type { LifecycleOptions } from './options.ts'
import { nodeProcess } from './ports/node-process.ts'
import { systemClock } from './ports/system-clock.ts'
import { evaluateProbe, LIFECYCLE_CHECK } from './probes/evaluate-probe.ts'
import type { ProbeSnapshot } from './probes/snapshot.ts'
import { watchProbes } from './probes/watch-probes.ts'
import { writeTerminationLog } from './report/write-termination-log.ts'
import { resolveOptions } from './resolve-options.ts'
import { createDrainables } from './shutdown/drainables.ts'
import { createHolds, holdWhile } from './shutdown/holds.ts'
import { createHooks } from './shutdown/hooks.ts'
import { createShutdown } from './shutdown/shutdown.ts'
import type { Hold } from './shutdown/hold.ts'
import type { Work } from './shutdown/work.ts'
import type { LifecycleState } from './state.ts'
import { createWarn } from './warn.ts'

/**
 * Makes a lifecycle. It listens to signals from this moment on, so that one that comes during the start is not lost.
 * Throws `LASTCALL_INVALID_OPTION`, and `LASTCALL_BUDGET_EXCEEDED` when the phases do not fit the grace period.
 */
export function createLifecycle(options: LifecycleOptions = {}): Lifecycle {
  const clock = options.clock ?? systemClock
  const process = options.process ?? nodeProcess()
  const { logger } = options
  const resolved = resolveOptions(options, process)
  const { name } = resolved

  const emitter = createEmitter(name, clock, (error) => {
    warn(
      'LASTCALL_LISTENER_FAILED',
      `A listener of '${name}' threw: ${messageOf(error)}. Catch errors inside the listener.`,
    )
  })
  const warn = createWarn(emitter, logger ? undefined : process.warn)
  if (logger) emitter.subscribe(logEvents(logger))

  let state: LifecycleState = { name: 'starting' }
  let starting: Promise<void> | undefined
  let hasRun = false
  let signalled = false
  const draining = new AbortController()
  const aborting = new AbortController()
  const checks = createChecks(clock, emitter)
  const components = createComponents(clock, emitter)
  const names = new Set([LIFECYCLE_CHECK])
  const hooks = createHooks()
  const holds = createHolds(clock, emitter)
  const drainables = createDrainables(clock, emitter, (error) => shutdown.fail(error))
  const exit = resolved.exit && joinExit(process, name)

  const shutdown = createShutdown({
    ...{ options: resolved, clock, emitter, hooks, holds, components, drainables, draining, aborting, inFlight },
    // Ctrl-C in a terminal: the person waits, and nobody routes.
    servesLameDuck: ({ kind, text }) => hasRun && !(kind === 'signal' && text === 'SIGINT' && process.interactive),
    moveTo,
    beforeClose: checks.end,
    onEnd(report, forced) {
      writeTerminationLog(report, process)
      if (!exit) return release()
      // It listens until the exit: without a listener, one more signal would end the process by itself, with its code.
      const end = () => {
        if (forced) process.exit(report.exitCode)
        else exit.finish(report.exitCode)
        release()
      }
      if (forced) end()
      // Whoever awaits the report can still say what it holds; where something went wrong, others have a turn for it too.
      else if (report.exitCode) clock.setTimeout(end, 0)
      else process.nextTick(end)
    },
  })

  function inFlight(): readonly Work[] {
    return [...drainables.inFlight(), ...holds.inFlight()].sort((a, b) => b.ageMs - a.ageMs)
  }

  function moveTo(to: LifecycleState): void {
    const from = state
    state = to
    emitter.emit('state:change', { from, to })
  }

  function snapshot(): ProbeSnapshot {
    const { readinessWhileDraining } = resolved
    return { service: name, state: state.name, readinessWhileDraining, checks: checks.snapshot() }
  }

  const stopWatching = watchProbes(emitter, (kind) => evaluateProbe(snapshot(), kind, clock.now()).status)
  const stopListening =
    resolved.signals !== false &&
    listenToProcess(process, resolved.signals, {
      onSignal(signal) {
        emitter.emit('signal:receive', { signal })
        // The first signal joins a shutdown that something else began: only a further one is impatient.
        if (signalled) shutdown.climb(signal, process.signalNumber(signal) ?? 0)
        else void shutdown.begin({ kind: 'signal', text: signal })
        signalled = true
      },
      onUncaught(error, origin) {
        // The rejection of `start()` that nobody handled: a signal ended the start, and no error needs a report.
        if (isLastcallError(error) && error.code === 'LASTCALL_START_ABORTED') return
        emitter.emit('error:uncaught', { error, origin })
        if (!logger) process.reportError(error)
        shutdown.fail(error)
        void shutdown.begin({ kind: origin, text: messageOf(error), error })
      },
    })

  /** Lets go of the process and of every timer that would keep it alive. */
  function release(): void {
    checks.end()
    stopWatching()
    if (stopListening) stopListening()
  }

  async function start(): Promise<void> {
    const begunAt = clock.now()
    emitter.emit('start:begin', {})
    const error = await startAll()
    if (error === undefined) {
      hasRun = true
      moveTo({ name: 'running' })
      checks.begin()
    }
    emitter.emit('start:end', { durationMs: clock.now() - begunAt, ...given({ error }) })
    if (error !== undefined) throw error
  }

  /** Starts the components; when that fails or is given up, undoes it and says why. */
  async function startAll(): Promise<LastcallError | undefined> {
    let failure: LastcallError | undefined
    const failed = (error: unknown) => {
      failure = startFailure(name, error)
      void shutdown.begin({ kind: 'startFailed', text: failure.message, error: failure })
    }
    if (shutdown.phase === undefined) {
      try {
        const settled = components.start({ started: (component) => checks.begin(component.name), failed })
        // A `start` that hangs does not hold up the end, which the shutdown bounds.
        await Promise.race([settled, shutdown.ended])
      } catch (error) {
        failed(error)
      }
    }
    if (shutdown.phase === undefined) return undefined
    const { reason } = await shutdown.ended
    return (
      failure ?? new LastcallError('LASTCALL_START_ABORTED', `The start of '${name}' was given up: ${reason.text}.`)
    )
  }

  function acquire(holdName: string): Hold {
    if (shutdown.phase === 'close' || shutdown.phase === 'flush' || shutdown.phase === 'over') {
      throw new LastcallError(
        'LASTCALL_SHUTTING_DOWN',
        `Hold '${holdName}' came when the drain of '${name}' was over: take no new work once lifecycle.draining has aborted.`,
      )
    }
    return holds.acquire(holdName)
  }

  /** Keeps the name only when `add` succeeds, so that it can be tried again with what was wrong put right. */
  function claimName(claimed: string, add: () => void): void {
    if (!claimed || names.has(claimed)) {
      throw new LastcallError(
        'LASTCALL_DUPLICATE_NAME',
        `The name '${claimed}' is empty or taken: every component and check of '${name}' needs one of its own.`,
      )
    }
    add()
    names.add(claimed)
  }

  const lifecycle: Lifecycle = {
    name,
    options: resolved,
    clock,
    draining: draining.signal,
    aborting: aborting.signal,
    get state() {
      return state
    },
    use(component: Component) {
      if (starting) {
        throw new LastcallError(
          'LASTCALL_ALREADY_STARTED',
          `Component '${component.name}' was added after start(): add it before.`,
        )
      }
      claimName(component.name, () => {
        if (component.check) checks.add(checkOf(component, component.check), false)
        components.add(component)
      })
      return lifecycle
    },
    check(check: Check) {
      claimName(check.name, () => checks.add(check, state.name === 'running'))
      return lifecycle
    },
    onShutdown: (hookName, hook, hookOptions = {}) => hooks.add(hookName, hook, hookOptions, shutdown.phase),
    hold: ((holdName: string, work?: (context: { signal: AbortSignal }) => unknown) =>
      work ? holdWhile(() => acquire(holdName), work, aborting.signal) : acquire(holdName)) as Lifecycle['hold'],
    start: () => (starting ??= start()),
    shutdown: (reason = 'shutdown()') => shutdown.begin({ kind: 'manual', text: reason }),
    probe: (kind) => evaluateProbe(snapshot(), kind, clock.now()),
    subscribe: emitter.subscribe,
    dispose() {
      emitter.emit('lifecycle:dispose', {})
      release()
      if (exit) exit.leave()
      emitter.clear()
    },
    attach: drainables.attach,
    snapshot,
    inFlight,
    warn,
  }
  return lifecycle
}

function checkOf({ name }: Component, check: ComponentCheck): Check {
  return typeof check === 'function' ? { name, run: check } : { ...check, name }
}

/** What `start()` rejects with: an error of ours says it all, any other gets the service's name and stays the cause. */
function startFailure(name: string, error: unknown): LastcallError {
  if (isLastcallError(error)) return error
  return new LastcallError('LASTCALL_START_FAILED', `'${name}' could not start: ${messageOf(error)}`, { cause: error })
}
