import { LastcallError } from '../errors/lastcall-error.ts'
import type { Hook, HookOptions } from './hook.ts'
import { type HookPhase, type Phase, PHASES } from './phases.ts'

/** A registered hook. */
export interface NamedHook {
  readonly name: string
  readonly hook: Hook
  readonly phase: HookPhase
  readonly timeoutMs: number
}

/** The hooks of a lifecycle. */
export interface Hooks {
  add(name: string, hook: Hook, options: HookOptions, current: Phase | 'over' | undefined): () => void
  of(phase: HookPhase): readonly NamedHook[]
}

/** Makes the book of hooks. */
export function createHooks(): Hooks {
  const hooks = new Set<NamedHook>()
  return {
    add(name, hook, { phase = 'close', timeoutMs = Infinity }, current) {
      if (isTooLate(phase, current)) {
        throw new LastcallError(
          'LASTCALL_SHUTTING_DOWN',
          `Hook '${name}' was added when its phase '${phase}' had begun: add it earlier, or give it a later phase.`,
        )
      }
      const entry = { name, hook, phase, timeoutMs }
      hooks.add(entry)
      return () => void hooks.delete(entry)
    },
    of: (phase) => [...hooks].filter((entry) => entry.phase === phase),
  }
}

/** Whether the hooks of `phase` have been called already: they are, when their phase begins. */
function isTooLate(phase: HookPhase, current: Phase | 'over' | undefined): boolean {
  if (current === undefined) return false
  return current === 'over' || phase === 'announce' || PHASES.indexOf(phase) <= PHASES.indexOf(current)
}
