import { LastcallError } from '../errors/lastcall-error.ts'
import { PHASES } from '../shutdown/phases.ts'
import type { Component } from './component.ts'

/** Components with their edges both ways, checked: every name known, no cycle, nothing stopped before its dependents. */
export interface ComponentGraph {
  /** Dependencies before dependents. */
  readonly inOrder: readonly Component[]
  dependenciesOf(name: string): readonly string[]
  dependentsOf(name: string): readonly string[]
}

/** Builds the graph. Throws `LASTCALL_UNKNOWN_DEPENDENCY`, `LASTCALL_DEPENDENCY_CYCLE`, `LASTCALL_PHASE_ORDER`. */
export function buildGraph(components: readonly Component[]): ComponentGraph {
  const byName = new Map(components.map((component) => [component.name, component]))
  const dependents = new Map<string, string[]>(components.map(({ name }) => [name, []]))
  for (const component of components) {
    for (const name of new Set(component.dependsOn)) {
      const dependency = byName.get(name)
      if (!dependency) {
        const known = [...byName.keys()].join(', ')
        throw new LastcallError(
          'LASTCALL_UNKNOWN_DEPENDENCY',
          `Component '${component.name}' depends on '${name}', which is not there: add it with lifecycle.use(), or name one of ${known}.`,
        )
      }
      checkPhases(component, dependency)
      dependents.get(name)?.push(component.name)
    }
  }
  return {
    inOrder: sort(components, byName),
    dependenciesOf: (name) => [...new Set(byName.get(name)?.dependsOn)],
    dependentsOf: (name) => dependents.get(name) ?? [],
  }
}

/** The phase a component stops in. */
export const stopPhase = (component: Component) => component.phase ?? 'close'

function checkPhases(component: Component, dependency: Component): void {
  if (PHASES.indexOf(stopPhase(component)) <= PHASES.indexOf(stopPhase(dependency))) return
  throw new LastcallError(
    'LASTCALL_PHASE_ORDER',
    `Component '${component.name}' stops in phase '${stopPhase(component)}', after '${dependency.name}', which it depends on and which stops in ` +
      `'${stopPhase(dependency)}': give '${component.name}' the phase '${stopPhase(dependency)}' or an earlier one.`,
  )
}

/** Depth first, so that the order of registration is kept wherever the graph allows. */
function sort(components: readonly Component[], byName: ReadonlyMap<string, Component>): Component[] {
  const sorted = new Set<Component>()
  const visit = (component: Component, path: readonly string[]) => {
    if (sorted.has(component)) return
    if (path.includes(component.name)) {
      const cycle = [...path.slice(path.indexOf(component.name)), component.name].join(' → ')
      throw new LastcallError(
        'LASTCALL_DEPENDENCY_CYCLE',
        `Components depend on each other in a circle: ${cycle}. Take one of these dependencies away.`,
      )
    }
    for (const name of component.dependsOn ?? []) {
      const dependency = byName.get(name)
      if (dependency) visit(dependency, [...path, component.name])
    }
    sorted.add(component)
  }
  for (const component of components) visit(component, [])
  return [...sorted]
}
