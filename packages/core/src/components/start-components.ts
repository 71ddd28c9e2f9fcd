import type { Emitter } from '../events/emitter.ts'
import type { Clock } from '../ports/clock.ts'
import type { Component } from './component.ts'
import type { ComponentGraph } from './graph.ts'

/** What starting needs from the lifecycle. */
export interface StartContext {
  readonly clock: Clock
  readonly emitter: Emitter
  /** Aborts when the start is given up; nothing more is started then. */
  readonly signal: AbortSignal
  /** Called before each `start`, when it has succeeded, and when it has ended either way. */
  onStarting(component: Component): void
  onStarted(component: Component): void
  onSettled(component: Component): void
  /** Called with the first error; others may still be starting. */
  onFailed(error: unknown): void
}

/**
 * Starts every component after its dependencies, in parallel where the graph allows. The first failure gives the
 * start up; resolves when no `start` is under way any more.
 */
export async function startComponents(graph: ComponentGraph, context: StartContext): Promise<void> {
  const { clock, emitter, signal } = context
  const starts = new Map<string, Promise<boolean>>()

  async function startOne(component: Component): Promise<boolean> {
    const ready = await Promise.all(graph.dependenciesOf(component.name).map((name) => starts.get(name)))
    if (ready.includes(false) || signal.aborted) return false
    const begunAt = clock.now()
    context.onStarting(component)
    emitter.emit('component:start:begin', { component: component.name })
    try {
      await component.start?.({ signal })
    } catch (error) {
      emitter.emit('component:start:end', { component: component.name, durationMs: clock.now() - begunAt, error })
      if (!signal.aborted) context.onFailed(error)
      return false
    } finally {
      context.onSettled(component)
    }
    context.onStarted(component)
    emitter.emit('component:start:end', { component: component.name, durationMs: clock.now() - begunAt })
    return true
  }

  for (const component of graph.inOrder) starts.set(component.name, startOne(component))
  await Promise.all(starts.values())
}
