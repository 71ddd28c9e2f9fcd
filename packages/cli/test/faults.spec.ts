import { describe, expect, it } from 'vitest'
import type { DrillPlan } from '../src/drill/drill-plan.ts'
import { runDrill } from '../src/drill/run-drill.ts'
import { formatDrill } from '../src/report/index.ts'
import { codesOf, drill, fixture, SHORT } from './drill-fixture.ts'
import { examplePlan } from './example-plan.ts'

// Each fixture has one fault, and says which in its first line.
describe.concurrent('a drill', () => {
  it('finds nothing in a server without a fault', async () => {
    const result = await drill('graceful')
    expect(codesOf(result)).toEqual([])
    expect(result).toMatchObject({ verdict: 'pass', runs: [{ lost: 0, exitCode: 0, exitSignal: null }] })
    expect(result.runs[0]?.requests).toBeGreaterThan(20)
  })

  it.each<[string, string[], Partial<DrillPlan>?]>([
    ['no-close-header', ['NO-CLOSE-HEADER']],
    ['keepalive-stall', ['KEEPALIVE-LINGER']],
    ['liveness-red', ['LIVENESS-RED']],
    ['ready-flap', ['READY-FLAP']],
    ['orphan', ['ORPHANS']],
    ['unavailable', ['LOST']],
    ['drops-some', ['LOST'], { env: { DROP_EVERY: '20' } }],
    ['port-bound', ['ORPHANS', 'PORT-BOUND']],
    ['ignores-signal', ['KILLED'], { gracePeriodMs: 3000 }],
    ['late-exit', ['LATE-EXIT'], { gracePeriodMs: 4000, env: { EXIT_MS: '3300', LAME_DUCK_MS: '2000' } }],
  ])('finds the fault of %s, and no other', async (name, codes, changes) => {
    const result = await drill(name, changes)
    expect(codesOf(result)).toEqual(codes)
    expect(result.verdict).toBe('fail')
  })

  it.each([
    ['no-handler', 'Nothing handles SIGTERM'],
    ['immediate-exit', 'It ends as soon as SIGTERM comes, while the platform still routes to it.'],
  ])('tells an end at once from another: %s', async (name, cause) => {
    // Long enough for a process to end in it on any machine.
    const result = await drill(name, { propagationMs: 3000 })
    expect(codesOf(result)).toEqual(['LOST', 'NO-DRAIN-WINDOW'])
    expect(result.runs[0]?.verdicts[0]?.cause).toContain(cause)
    expect(result.runs[0]?.classes.afterExit.refused.lost).toBeGreaterThan(0)
  })

  it('tells a server that ends before it is stopped', async () => {
    const result = await drill('crashes')
    expect(codesOf(result)).toEqual(['LOST'])
    expect(result.runs[0]?.verdicts[0]?.cause).toBe('It ended by itself before the signal (exit code 7).')
    expect(formatDrill(result)).toContain('exit code 7')
  })

  it('finds a server that closes as soon as it is told to', async () => {
    // What becomes of its connections depends on what is under way just then.
    expect(codesOf(await drill('close-only'))).toEqual(expect.arrayContaining(['LOST', 'NO-DRAIN-WINDOW']))
  })

  it('finds that the signal does not reach a server behind npm', async () => {
    const result = await drill(['npm', 'start', '--prefix', `${import.meta.dirname}/fixtures/npm-start`])
    const [first] = result.runs[0]?.verdicts ?? []
    expect(first).toMatchObject({ code: 'SIGNAL-NOT-RECEIVED', fix: expect.stringContaining('"node"') as string })
    expect(codesOf(result)).not.toContain('ORPHANS')
  })

  it('fails where the propagation is longer than the lame duck', async () => {
    const short = { env: { LAME_DUCK_MS: '600' } }
    const [longer, shorter] = [{ propagationMs: 1100 }, { propagationMs: 200 }]
    expect(codesOf(await drill('graceful', { ...short, ...longer }))).toEqual(['LOST', 'NO-DRAIN-WINDOW'])
    expect(codesOf(await drill('graceful', { ...short, ...shorter }))).toEqual([])
  })

  it('passes where a hook waits for the propagation instead', async () => {
    // What is routed last must be answered before the signal, on any machine: this server closes at once.
    const hook = { preStop: { type: 'sleep', seconds: 2.5 } } as const
    const result = await drill('graceful', { ...hook, propagationMs: 1100, env: { LAME_DUCK_MS: '0' } })
    expect(codesOf(result)).not.toContain('NO-DRAIN-WINDOW')
    expect(result.runs[0]?.lost).toBe(0)
    expect(result.runs[0]?.timeline[0]).toMatchObject({ kind: 'terminating' })
  })
})

describe('what a drill reports', () => {
  it('tells each step, and gives the result a place for each', async () => {
    const types = new Set<string>()
    const plan = examplePlan({ ...SHORT, command: fixture('graceful') })
    const result = await runDrill(plan, { onProgress: ({ type }) => void types.add(type) })
    expect([...types]).toEqual([
      ...['drillStarted', 'runStarted', 'spawned', 'urlFound', 'ready', 'loadStarted', 'load', 'timeline'],
      ...['runFinished', 'drillFinished'],
    ])
    const [run] = result.runs
    const kinds = run?.timeline.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['signal', 'readinessRed', 'firstClose', 'propagationOver', 'exit']))
    expect(run?.latency.before.count).toBeGreaterThan(10)
    expect(result.assumptions).toContain('It listens on the PORT it is given.')
    expect(result.suggestions.map(({ setting }) => setting)).toEqual(['lameDuck', 'drain', 'gracePeriod'])
  })
})
