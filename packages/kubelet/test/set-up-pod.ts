import { createFakeClock } from '@lastcall/core/testing'
import { createPod } from '../src/pod/create-pod.ts'
import type { PodEvent, PodEventType } from '../src/pod/pod-event.ts'
import type { PodHandlers, PodOptions } from '../src/pod/pod.ts'
import type { ProbeOutcome } from '../src/probes/probe-outcome.ts'
import type { ContainerSpec, HookHandler, PodSpec } from '../src/spec/pod-spec.ts'
import type { ResolvedProbe } from '../src/spec/probe-spec.ts'
import { type Behaviour, createFakeRuntime } from './fake-runtime.ts'

/** What a test says about its pod. */
export interface PodSetUp extends Omit<Partial<PodOptions>, 'spec' | 'handlers'> {
  /** Of the container named `app`. @default nothing */
  readonly app?: Omit<ContainerSpec, 'name'>
  /** Instead of `app`, or beside it. */
  readonly spec?: Partial<PodSpec>
  readonly behave?: (container: string, starts: number) => Behaviour
  /** What a probe comes out as. @default success */
  readonly probe?: (
    probe: ResolvedProbe,
    container: string,
  ) => ProbeOutcome['outcome'] | Promise<ProbeOutcome['outcome']>
  /** What a hook does. @default it sleeps where it is a `sleep`, and is done at once otherwise */
  readonly hook?: PodHandlers['hook']
}

/** A probe that does something: which it is, the tests' handler decides. */
export const PROBE = { tcpSocket: { port: 80 } } as const

/** A pod on the fake clock with simulated containers, and everything that happens to it. */
export function setUpPod(options: PodSetUp = {}) {
  const { app = {}, spec, behave, probe = () => 'success', hook, ...rest } = options
  const clock = createFakeClock()
  const runtime = createFakeRuntime(clock, behave)
  const sleepOrDone = async (handler: HookHandler) => {
    if (handler.type === 'sleep') {
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, handler.seconds * 1000))
    }
  }
  const pod = createPod({
    clock,
    runtime,
    spec: { containers: [{ name: 'app', ...app }], ...spec },
    handlers: {
      probe: async (which, { name }) => {
        const outcome = await probe(which, name)
        return { outcome, message: `it said ${outcome}` }
      },
      hook: hook ?? sleepOrDone,
    },
    ...rest,
  })
  const events: PodEvent[] = []
  pod.subscribe((event) => events.push(event))

  return {
    clock,
    pod,
    runtime,
    events,
    /** Events of one type, without what all have. */
    of: <Type extends PodEventType>(type: Type) =>
      events.filter((event): event is Extract<PodEvent, { type: Type }> => event.type === type),
    /** When the deeds of one kind were done to a container. */
    times: (what: string, container = 'app') =>
      runtime.deeds.filter((deed) => deed.what === what && deed.container === container).map(({ at }) => at),
    get app() {
      return pod.containers.find(({ name }) => name === 'app')
    },
  }
}
