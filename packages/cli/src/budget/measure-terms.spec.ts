import { describe, expect, it } from 'vitest'
import { exampleResult, exampleRun } from '../../test/example-result.ts'
import { measureTerms } from './measure-terms.ts'

describe('measureTerms', () => {
  it('takes the longest of each part, over the runs that ended by themselves', () => {
    const slow = exampleRun({ exitMs: 7000, timeline: [{ kind: 'listenerClosed', atMs: 4900 }] })
    const killed = exampleRun({ exitMs: 30_000, exitSignal: 'SIGKILL', timeline: [] })
    const other = exampleRun({ scenario: 'double-signal', exitMs: 20_000, timeline: [] })
    const result = exampleResult([exampleRun(), slow, killed, other])
    expect(measureTerms(result)).toEqual({
      terms: {
        ...{ preStopMs: result.settings.preStopMs, lameDuckMinMs: 4900, lameDuckMs: 5052, drainMs: 2100 },
        ...{ closeMs: 0, flushMs: 0, marginMs: 3000 },
      },
      requestMs: 44,
    })
  })

  it('takes a server whose listener nobody saw close for one that listened until its exit', () => {
    const result = exampleResult([exampleRun({ exitMs: 100.2, timeline: [] })])
    expect(measureTerms(result)?.terms).toMatchObject({ lameDuckMs: 101, drainMs: 0 })
  })

  it('has nothing to tell where every run was killed', () => {
    expect(measureTerms(exampleResult([exampleRun({ exitSignal: 'SIGKILL' })]))).toBeUndefined()
  })
})
