import { describe, expect, it } from 'vitest'
import type { ProbeOutcome } from '../probes/probe-outcome.ts'
import { runWithRetries } from './run-with-retries.ts'

const never = new AbortController().signal

function script(...outcomes: ProbeOutcome['outcome'][]) {
  let runs = 0
  return {
    run: async () => ({ outcome: outcomes[runs++] ?? 'unknown', message: `${runs}` }),
    get runs() {
      return runs
    },
  }
}

describe('runWithRetries', () => {
  it.each(['success', 'failure'] as const)('takes a %s as it comes', async (outcome) => {
    const probe = script(outcome)
    expect(await runWithRetries(probe.run, never)).toEqual({ outcome, message: '1' })
    expect(probe.runs).toBe(1)
  })

  it('tries three times while the outcome is unknown', async () => {
    expect(await runWithRetries(script('unknown', 'unknown', 'failure').run, never)).toMatchObject({ message: '3' })
    const probe = script()
    expect(await runWithRetries(probe.run, never)).toEqual({ outcome: 'unknown', message: '3' })
    expect(probe.runs).toBe(3)
  })

  it('does not try again once it is stopped', async () => {
    const probe = script()
    await runWithRetries(probe.run, AbortSignal.abort())
    expect(probe.runs).toBe(1)
  })

  it('takes what is thrown for unknown', async () => {
    const outcome = await runWithRetries(() => Promise.reject(new Error('no shell')), never)
    expect(outcome).toEqual({ outcome: 'unknown', message: 'no shell' })
  })
})
