import { LastcallError } from '@lastcall/core'
import { realClock } from '../clock/real-clock.ts'
import { sleep } from '../clock/sleep.ts'
import { runProbe } from '../probes/run-probe.ts'
import { resolveProfile } from '../profiles/profiles.ts'
import type { EndpointConditions } from '../routing/endpoint-conditions.ts'
import { resolvePod } from '../spec/resolve-pod.ts'
import { createSupervisor } from './create-supervisor.ts'
import type { DeleteOptions, Pod, PodOptions } from './pod.ts'
import type { PodContext } from './pod-context.ts'
import { createPodEmitter } from './pod-emitter.ts'
import { runHook } from './run-hook.ts'
import type { StopOrder } from './stop-container.ts'
import { stopInOrder } from './stop-in-order.ts'

/** The kubelet gives every pod this much, also one that is deleted with a grace period of 0. */
const LEAST_GRACE_MS = 1000

/** Makes a pod with a kubelet of its own; `start` starts it. Throws `LASTCALL_INVALID_SPEC`. */
export function createPod(options: PodOptions): Pod {
  const { name = 'pod', runtime, clock = realClock, target = {}, profile = 'kubernetes' } = options
  const platform = typeof profile === 'string' ? resolveProfile(profile) : profile
  const spec = resolvePod(options.spec, platform.gracePeriodMs / 1000)
  const { emit, subscribe } = createPodEmitter(name, clock)
  const endpointListeners = new Set<() => void>()
  const gone = Promise.withResolvers<void>()
  let phase: Pod['phase'] = 'Pending'
  let endpoint: EndpointConditions | undefined = { ready: false, serving: false, terminating: false }
  let starting: Promise<void> | undefined
  let deletedAt: number | undefined
  let ending = false

  const context: PodContext = {
    ...{ clock, runtime, emit, refresh, pod: spec, profile: platform },
    mode: options.prober ?? 'classic',
    kubeletStartedAt: options.kubeletStartedAt,
    random: options.random,
    deleting: () => deletedAt !== undefined,
    handlers: {
      probe: ({ handler, timeoutSeconds }, _container, signal) =>
        runProbe(handler, target, { timeoutMs: timeoutSeconds * 1000, signal, clock }),
      hook: (hook, _container, signal) => runHook(hook, target, clock, signal),
      ...options.handlers,
    },
  }
  const supervisors = spec.containers.map((container) => createSupervisor(context, container))
  const mains = supervisors.filter(({ container }) => container.role === 'main')

  function refresh(): void {
    for (const supervisor of supervisors) supervisor.announce()
    const serving = supervisors.every(({ container, status }) => container.role === 'init' || status.ready)
    const terminating = deletedAt !== undefined
    setEndpoint({ ready: serving && !terminating, serving, terminating })
  }

  function setEndpoint(to: EndpointConditions | undefined): void {
    if (!endpoint || JSON.stringify(to) === JSON.stringify(endpoint)) return
    endpoint = to
    if (to) emit('pod:change', { endpoint: to })
    for (const listener of [...endpointListeners]) listener()
  }

  /** Resolves once the condition holds; it is looked at after each event. */
  function until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return
        stop()
        resolve()
      }
      const stop = subscribe(look)
      look()
    })
  }

  /** Init containers one after another, sidecars among them until they have started, then the main ones together. */
  async function startContainers(): Promise<void> {
    if (context.deleting()) return
    for (const supervisor of supervisors) supervisor.beginProbes()
    for (const supervisor of supervisors.filter((one) => !mains.includes(one))) {
      if (context.deleting()) return
      await supervisor.start()
      if (supervisor.container.role === 'sidecar') {
        await until(() => supervisor.status.started || context.deleting())
      } else {
        await supervisor.ended
        if (!context.deleting() && supervisor.status.lastExit?.code !== 0) return complete()
      }
    }
    if (context.deleting()) return
    phase = 'Running'
    void Promise.all(mains.map(({ ended }) => ended)).then(() => (ending ? undefined : complete()))
    await Promise.all(mains.map((supervisor) => supervisor.start()))
  }

  /** Stops what runs; a second order can only hurry. */
  async function end(order: StopOrder): Promise<void> {
    const first = !ending
    ending = true
    await stopInOrder(supervisors, order)
    if (!first) return
    for (const supervisor of supervisors) supervisor.endProbes()
    phase = mains.every(({ status }) => status.lastExit?.code === 0) ? 'Succeeded' : 'Failed'
    setEndpoint(undefined)
    emit('pod:gone', { phase })
    gone.resolve()
  }

  function complete(): Promise<void> {
    return end({ reason: 'completion', gracePeriodMs: graceMsOf() })
  }

  function graceMsOf({ gracePeriodSeconds = spec.terminationGracePeriodSeconds }: DeleteOptions = {}): number {
    return Math.max(gracePeriodSeconds * 1000, LEAST_GRACE_MS)
  }

  async function remove(options?: DeleteOptions): Promise<void> {
    const order: StopOrder = { reason: 'deletion', gracePeriodMs: graceMsOf(options) }
    if (!context.deleting() && endpoint) {
      deletedAt = clock.now()
      emit('pod:delete', { gracePeriodMs: order.gracePeriodMs })
      refresh()
      if (platform.removesEndpointsFirst) await sleep(clock, platform.propagationMs)
    }
    if (endpoint) void end(order)
    await gone.promise
  }

  return {
    name,
    get phase() {
      return phase
    },
    get endpoint() {
      return endpoint
    },
    get containers() {
      return supervisors.map(({ status }) => status)
    },
    start() {
      starting ??= startContainers().catch(async (error: unknown) => {
        await remove()
        throw error
      })
      return starting
    },
    async whenReady() {
      await until(() => endpoint === undefined || endpoint.ready)
      if (endpoint) return
      throw new LastcallError(
        'LASTCALL_START_FAILED',
        `Pod ${name} ended before it was ready: subscribe to its events to see why.`,
      )
    },
    delete: remove,
    subscribe,
    onEndpointChange(listener) {
      const own = () => listener()
      endpointListeners.add(own)
      return () => void endpointListeners.delete(own)
    },
  }
}
