import type { Lifecycle, LifecycleEvent } from '@lastcall/core'
import type { PhaseView, ShutdownView, StepView } from './live-view.ts'

/** The shutdown of a lifecycle, as far as it has come; `undefined` before it. */
export function followShutdown(lifecycle: Pick<Lifecycle, 'subscribe'>): () => ShutdownView | undefined {
  let head: Pick<ShutdownView, 'reason' | 'startedAt' | 'deadlineMs'> | undefined
  let phases: readonly PhaseView[] = []
  let steps: readonly StepView[] = []

  function beginStep(step: Omit<StepView, 'startedMs'>, at: number): void {
    if (head) steps = [...steps, { ...step, startedMs: at - head.startedAt }]
  }

  function endStep(name: string, end: Pick<StepView, 'durationMs' | 'outcome'>): void {
    steps = steps.map((step) => (step.name === name && step.durationMs === undefined ? { ...step, ...end } : step))
  }

  lifecycle.subscribe((event: LifecycleEvent) => {
    switch (event.type) {
      case 'shutdown:begin':
        head = { reason: event.reason.text, startedAt: event.at, deadlineMs: event.deadlineMs }
        return
      case 'phase:begin': {
        const { phase, budgetMs, at } = event
        if (head) phases = [...phases, { phase, budgetMs, startedMs: at - head.startedAt }]
        return
      }
      case 'phase:end': {
        const { phase, durationMs, timedOut } = event
        phases = phases.map((each) => (each.phase === phase ? { ...each, durationMs, timedOut } : each))
        return
      }
      case 'component:stop:begin':
        return beginStep({ name: event.component, phase: event.phase }, event.at)
      case 'component:stop:end':
        return endStep(event.component, { durationMs: event.durationMs, outcome: event.outcome })
      case 'hook:begin':
        return beginStep({ name: event.hook, phase: event.phase }, event.at)
      case 'hook:end':
        return endStep(event.hook, { durationMs: event.durationMs, outcome: event.outcome })
    }
  })
  return () => head && { ...head, phases, steps }
}
