import { sleep } from '../clock/sleep.ts'
import type { ProbedContainer } from '../prober/prober.ts'
import type { ContainerExit } from '../runtime/container-runtime.ts'
import type { ResolvedContainer } from '../spec/pod-spec.ts'
import { createBackOff } from './back-off.ts'
import { createContainerProbers } from './container-probers.ts'
import { createInstance, type Instance } from './instance.ts'
import type { ContainerStatus } from './pod.ts'
import { isRestarted } from './is-restarted.ts'
import type { PodContext } from './pod-context.ts'
import { runBoundedHook } from './run-bounded-hook.ts'
import { stopContainer, type StopOrder } from './stop-container.ts'

/** What a container that the runtime could not start counts as. */
const START_FAILED: ContainerExit = { code: 128, signal: null }

/** Keeps one container of a pod running. */
export interface Supervisor {
  readonly container: ResolvedContainer
  readonly status: ContainerStatus
  /** Resolves when it has ended, and is not started again. */
  readonly ended: Promise<void>
  /** Starts it for the first time; it is started again by itself. Rejects when the runtime cannot start it. */
  start(): Promise<void>
  /** Stops it for good. Resolves when it has ended. */
  stop(order: StopOrder): Promise<void>
  /** Starts the probers that live as long as the pod. */
  beginProbes(): void
  endProbes(): void
  /** Tells of its conditions where they have changed. */
  announce(): void
}

/** Makes the supervisor of a container. */
export function createSupervisor(context: PodContext, container: ResolvedContainer): Supervisor {
  const { clock, emit, pod, runtime } = context
  const { name, role } = container
  const backOff = createBackOff()
  const ended = Promise.withResolvers<void>()
  const ending = new AbortController()
  let instance: Instance | undefined
  /** The start under way. */
  let starting: Promise<unknown> | undefined
  let probed: Pick<ProbedContainer, 'id' | 'state' | 'startedAt'> = {
    id: undefined,
    state: 'waiting',
    startedAt: undefined,
  }
  let restartCount = 0
  let lastExit: ContainerExit | undefined
  let announced = { started: false, ready: false }

  const probers = createContainerProbers(context, container, {
    view: () => ({
      ...probed,
      restarts: restartsAfter(START_FAILED),
      deleting: context.deleting(),
      // Asked only when it is needed: it is made of what a prober says.
      get started() {
        return isStarted()
      },
    }),
    onFailed(kind) {
      const seconds = container.probes[kind]?.terminationGracePeriodSeconds ?? pod.terminationGracePeriodSeconds
      if (instance && !context.deleting()) kill(instance, { reason: kind, gracePeriodMs: seconds * 1000 })
    },
  })

  function isStarted(): boolean {
    return probed.state === 'running' && (probers.resultOf('startup') ?? 'success') === 'success'
  }

  function isReady(): boolean {
    return isStarted() && (probers.resultOf('readiness') ?? 'success') === 'success'
  }

  function restartsAfter(exit: ContainerExit): boolean {
    return !ending.signal.aborted && !context.deleting() && isRestarted(role, pod.restartPolicy, exit)
  }

  function move(to: typeof probed): void {
    probed = to
    context.refresh()
  }

  function kill(one: Instance, order: StopOrder): void {
    one.stopping ??= stopContainer(context, container, one, order)
  }

  async function launch(): Promise<Instance> {
    const launching = runtime.start(container)
    starting = launching.catch(() => undefined)
    const running = await launching
    instance = createInstance(running)
    const pid = running.pid !== undefined && { pid: running.pid }
    emit('container:start', { container: name, restartCount, id: running.id, ...pid })
    return instance
  }

  /** From a start to the exit. */
  async function run(one: Instance): Promise<ContainerExit> {
    if (
      container.postStart &&
      !one.stopping &&
      (await runBoundedHook(context, one, container, 'postStart', Infinity))
    ) {
      kill(one, { reason: 'postStart', gracePeriodMs: pod.terminationGracePeriodSeconds * 1000 })
    }
    const { id, startedAt } = one.running
    // Before postStart has ended it is not seen as running.
    if (!one.gone.aborted && !one.stopping) {
      move({ id, state: 'running', startedAt })
      probers.attach()
    }
    const exit = await one.exited
    probers.detach()
    lastExit = exit
    emit('container:exit', { container: name, exit, ranMs: (exit.endedAt ?? clock.now()) - startedAt })
    move({ id, state: restartsAfter(exit) ? 'waiting' : 'terminated', startedAt: undefined })
    return exit
  }

  /** Starts it again and again, as its restart policy says. */
  async function keepRunning(first: Instance): Promise<void> {
    let startedAt = first.running.startedAt
    for (let exit = await run(first); restartsAfter(exit);) {
      const delayMs = backOff.next(startedAt, clock.now())
      emit('container:backOff', { container: name, delayMs })
      await sleep(clock, delayMs, ending.signal)
      if (ending.signal.aborted || context.deleting()) break
      restartCount++
      startedAt = clock.now()
      try {
        exit = await run(await launch())
      } catch (error) {
        emit('container:startFailed', { container: name, error })
        exit = START_FAILED
      }
    }
    finish()
  }

  function finish(): void {
    if (probed.state !== 'terminated') move({ ...probed, state: 'terminated', startedAt: undefined })
    ended.resolve()
  }

  return {
    container,
    ended: ended.promise,
    get status() {
      const { state, startedAt } = probed
      const pid = instance?.gone.aborted ? undefined : instance?.running.pid
      return { name, role, state, started: isStarted(), ready: isReady(), restartCount, pid, startedAt, lastExit }
    },
    async start() {
      try {
        void keepRunning(await launch())
      } catch (error) {
        emit('container:startFailed', { container: name, error })
        finish()
        throw error
      }
    },
    async stop(order) {
      ending.abort()
      probers.quiet()
      await starting
      if (!starting) finish()
      const one = instance
      if (one?.stopping) void sleep(clock, order.gracePeriodMs, one.gone).then(one.hurry)
      else if (one && !one.gone.aborted) kill(one, order)
      await ended.promise
    },
    beginProbes: probers.begin,
    endProbes: probers.end,
    announce() {
      const now = { started: isStarted(), ready: isReady() }
      if (now.started !== announced.started || now.ready !== announced.ready) {
        announced = now
        emit('container:change', { container: name, ...now })
      }
      if (now.started && !now.ready) probers.trigger()
    },
  }
}
