import type { Rung } from '../report/report.ts'
import type { Phase } from './phases.ts'

/** What further signals do: each climbs one rung, and none is ignored. */
export interface Ladder {
  /** Aborts when the lame duck is to end. */
  readonly endLameDuck: AbortSignal
  /** Aborts when what is in flight is to be aborted. */
  readonly abort: AbortSignal
  /** Climbs to the next rung that still means something in `phase`, and says which. */
  climb(phase: Phase): Rung
}

const RUNGS: readonly Rung[] = ['endLameDuck', 'abort', 'exit']

/** The first rung that means something in a phase: what is over cannot be ended. */
const LOWEST: Readonly<Record<Phase, number>> = { announce: 0, lameDuck: 0, drain: 1, close: 2, flush: 2 }

/** Makes the ladder of one shutdown. */
export function createLadder(): Ladder {
  const endLameDuck = new AbortController()
  const abort = new AbortController()
  let next = 0
  return {
    endLameDuck: endLameDuck.signal,
    abort: abort.signal,
    climb(phase) {
      const index = Math.min(Math.max(next, LOWEST[phase]), RUNGS.length - 1)
      next = index + 1
      endLameDuck.abort()
      if (index > 0) abort.abort()
      return RUNGS[index] ?? 'exit'
    },
  }
}
