import type { ProbeKind } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import type { ProbeOutcome } from '../src/probes/probe-outcome.ts'
import { createProber } from '../src/prober/create-prober.ts'
import type { ProbedContainer, ProberOptions } from '../src/prober/prober.ts'
import type { ProbeSpec } from '../src/spec/probe-spec.ts'
import { resolveProbe } from '../src/spec/resolve-probe.ts'

/** A prober of a container that runs since `startedAt`, on the fake clock, with everything that it does. */
export function setUpProber(
  kind: ProbeKind,
  spec: Omit<ProbeSpec, 'exec'> = {},
  options: Partial<ProberOptions> & { startAt?: number } = {},
) {
  const clock = createFakeClock(options.startAt ?? 0)
  const container: { -readonly [Field in keyof ProbedContainer]: ProbedContainer[Field] } = {
    id: 'one',
    state: 'running',
    startedAt: clock.now(),
    started: kind !== 'startup',
    restarts: true,
    deleting: false,
  }
  const runs: number[] = []
  const changes: string[] = []
  const answers = { outcome: 'success' as ProbeOutcome['outcome'] }
  const prober = createProber({
    clock,
    probe: resolveProbe({ exec: { command: ['true'] }, ...spec }, kind),
    container: () => container,
    run: async () => {
      runs.push(clock.now())
      return { outcome: answers.outcome, message: answers.outcome }
    },
    onChange: (to, from) => changes.push(`${clock.now()} ${from} -> ${to}`),
    ...options,
  })
  return { clock, container, prober, runs, changes, answers }
}
