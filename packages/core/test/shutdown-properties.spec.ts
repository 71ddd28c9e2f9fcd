import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LifecycleEvent } from '../src/index.ts'
import { plans, type Run, runPlan } from './random-service.ts'

/** Every case checks all properties: drawing and running it is what costs. */
const CASES = 10_000

describe('any service, stopped at any moment', () => {
  it(`keeps its promises in ${CASES} random cases`, async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const run = await runPlan(plan)
        stopsNothingBeforeItsDependents(run)
        stopsEachAtMostOnce(run)
        stopsExactlyWhatStarted(run)
        closesNothingUnderWorkInFlight(run)
        endsByTheDeadline(run)
        givesEveryCallerTheSameReport(run)
        leavesNothingBehind(run)
      }),
      { numRuns: CASES },
    )
  }, 600_000)
})

const named = <Type extends LifecycleEvent['type']>(run: Run, type: Type, name: string) =>
  run.events.findIndex((event) => event.type === type && 'component' in event && event.component === name)

function stopsNothingBeforeItsDependents(run: Run): void {
  for (const [dependent, dependencies] of run.dependsOn) {
    const dependentEnded = named(run, 'component:stop:end', dependent)
    for (const dependency of dependencies) {
      const dependencyBegan = named(run, 'component:stop:begin', dependency)
      if (dependentEnded >= 0 && dependencyBegan >= 0) expect(dependencyBegan).toBeGreaterThan(dependentEnded)
    }
  }
}

function stopsEachAtMostOnce(run: Run): void {
  const stopped = run.events.flatMap((event) => (event.type === 'component:stop:begin' ? [event.component] : []))
  expect(stopped).toHaveLength(new Set(stopped).size)
}

function stopsExactlyWhatStarted(run: Run): void {
  const closeBegins = run.events.findIndex((event) => event.type === 'phase:begin' && event.phase === 'close')
  for (const name of run.dependsOn.keys()) {
    const started = run.events.findIndex(
      (event) => event.type === 'component:start:end' && event.component === name && event.error === undefined,
    )
    const stopped = named(run, 'component:stop:begin', name)
    if (stopped >= 0) expect(started).toBeGreaterThanOrEqual(0)
    if (started >= 0 && started < closeBegins) expect(stopped).toBeGreaterThan(started)
  }
}

function closesNothingUnderWorkInFlight(run: Run): void {
  const report = run.reports[0]
  if (report === undefined || report.cut.length > 0 || report.outcome === 'forced') return
  const closeBegins = run.events.findIndex((event) => event.type === 'phase:begin' && event.phase === 'close')
  const lastHoldEnds = run.events.findLastIndex((event) => event.type === 'hold:end')
  expect(lastHoldEnds).toBeLessThan(closeBegins)
}

function endsByTheDeadline(run: Run): void {
  const begin = run.events.find((event) => event.type === 'shutdown:begin')
  const end = run.events.find((event) => event.type === 'shutdown:end')
  expect(begin).toBeDefined()
  expect(end).toBeDefined()
  expect((end?.at ?? Infinity) - (begin?.at ?? 0)).toBeLessThanOrEqual(run.deadlineMs + 1e-6)
}

function givesEveryCallerTheSameReport(run: Run): void {
  expect(new Set(run.reports).size).toBe(1)
  expect(run.exits).toEqual([run.reports[0]?.exitCode])
}

function leavesNothingBehind(run: Run): void {
  expect(run.startSettled).toBe(true)
  expect(run.timersLeft).toBe(0)
  expect(run.listenersLeft).toBe(0)
}
