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
  /** Starts all in order. Rejects with the first error, when no `start` is under way any more. */
  start(onStarted: (component: Component) => void): Promise<void>
  /** Gives the start up. */
  abortStart(reason: unknown): void
  /** Settles when no `start` is under way. */
  startSettled(): Promise<void>
  /** Names of those whose `start` is under way. */
  starting(): readonly string[]
  hasToStop(phase: HookPhase): boolean
  /** Stops, once each, what has started and whose phase has come. */
  stop(phase: HookPhase, stopOne: StopOne): Promise<void>
}

/** Makes the book of components. */
export function createComponents(clock: Clock, emitter: Emitter): Components {
  const components: Component[] = []
  const started = new Set<Component>()
  const starting = new Set<string>()
  const controller = new AbortController()
  let graph: ComponentGraph | undefined
  let settled: Promise<void> = Promise.resolve()

  // Earlier phases too: one that was late to start must not be forgotten.
  const due = (phase: HookPhase) =>
    [...started].filter((component) => PHASES.indexOf(stopPhase(component)) <= PHASES.indexOf(phase))

  return {
    add: (component) => void components.push(component),
    start(onStarted) {
      graph = buildGraph(components)
      const start = startComponents(graph, {
        clock,
        emitter,
        controller,
        onStarting: ({ name }) => void starting.add(name),
        onSettled({ name }) {
          starting.delete(name)
        },
        onStarted(component) {
          started.add(component)
          onStarted(component)
        },
      })
      settled = start.catch(() => undefined)
      return start
    },
    abortStart: (reason) => controller.abort(reason),
    startSettled: () => settled,
    starting: () => [...starting],
    hasToStop: (phase) => starting.size > 0 || due(phase).length > 0,
    async stop(phase, stopOne) {
      if (!graph) return
      const stopping = due(phase)
      for (const component of stopping) started.delete(component)
      await stopComponents(graph, new Set(stopping), stopOne)
    },
  }
}
