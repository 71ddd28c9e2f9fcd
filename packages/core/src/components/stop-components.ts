import type { Component } from './component.ts'
import type { ComponentGraph } from './graph.ts'

/** Stops one component within its share of the time that is left; never rejects. */
export type StopOne = (component: Component, shareOf: number) => Promise<void>

/**
 * Stops components, each after its dependents among them, in parallel where the graph allows.
 * Each may use one share of what is left: one hung `stop` must not take the time of what it depends on.
 */
export async function stopComponents(
  graph: ComponentGraph,
  components: ReadonlySet<Component>,
  stopOne: StopOne,
): Promise<void> {
  const stopping = graph.inOrder.filter((component) => components.has(component))
  const heights = new Map<string, number>()
  for (const { name } of stopping) {
    heights.set(name, 1 + Math.max(0, ...graph.dependenciesOf(name).map((dependency) => heights.get(dependency) ?? 0)))
  }
  const stops = new Map<string, Promise<void>>()
  for (const component of stopping.toReversed()) {
    const dependents = graph.dependentsOf(component.name).map((name) => stops.get(name))
    stops.set(
      component.name,
      Promise.all(dependents).then(() => stopOne(component, heights.get(component.name) ?? 1)),
    )
  }
  await Promise.all(stops.values())
}
