import type { Emitter } from '../events/emitter.ts'
import type { Clock } from '../ports/clock.ts'
import { type HookPhase, PHASES } from '../shutdown/phases.ts'
import type { Component } from './component.ts'
import { buildGraph, type ComponentGraph, stopPhase } from './graph.ts'
import { startComponents } from './start-components.ts'
import { type StopOne, stopComponents } from './stop-components.ts'

/** The components of a lifecycle: what is added, what has started, what has been stopped. */
export interface Components {
  add(component: Component): void
  /**
   * Starts all in order; resolves when no `start` is under way any more. The first error gives the start up and goes
   * to `onFailed` at once. Throws what `buildGraph` throws.
   */
  start(on: { started(component: Component): void; failed(error: unknown): void }): Promise<void>
  /** Gives the start up. */
  abortStart(reason: unknown): void
  /** Settles when no `start` is under way. */
  startSettled(): Promise<void>
  /** Waits no longer for those whose `start` is under way: should one succeed later, it is not stopped. Names them. */
  abandonStart(): readonly string[]
  /** Whether anything stops in `phase`, or will once it has started. */
  hasToStop(phase: HookPhase): boolean
  /** Stops, once each, what has started and whose phase has come. */
  stop(phase: HookPhase, stopOne: StopOne): Promise<void>
}

/** Makes the book of components. */
export function createComponents(clock: Clock, emitter: Emitter): Components {
  const components: Component[] = []
  const started = new Set<Component>()
  const starting = new Set<Component>()
  const controller = new AbortController()
  let graph: ComponentGraph | undefined
  let startAbandoned = false
  let settled: Promise<void> = Promise.resolve()

  // Earlier phases too: one that was late to start must not be forgotten.
  const isDue = (component: Component, phase: HookPhase) =>
    PHASES.indexOf(stopPhase(component)) <= PHASES.indexOf(phase)

  return {
    add: (component) => void components.push(component),
    start(on) {
      graph = buildGraph(components)
      settled = startComponents(graph, {
        clock,
        emitter,
        signal: controller.signal,
        onStarting: (component) => void starting.add(component),
        onSettled: (component) => void starting.delete(component),
        onStarted(component) {
          if (startAbandoned) return
          started.add(component)
          on.started(component)
        },
        onFailed(error) {
          controller.abort(error)
          on.failed(error)
        },
      })
      return settled
    },
    abortStart: (reason) => controller.abort(reason),
    startSettled: () => settled,
    abandonStart() {
      startAbandoned = true
      return [...starting].map(({ name }) => name)
    },
    hasToStop: (phase) => [...started, ...starting].some((component) => isDue(component, phase)),
    async stop(phase, stopOne) {
      if (!graph) return
      const stopping = [...started].filter((component) => isDue(component, phase))
      for (const component of stopping) started.delete(component)
      await stopComponents(graph, new Set(stopping), stopOne)
    },
  }
}
