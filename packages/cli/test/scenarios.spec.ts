import { describe, expect, it } from 'vitest'
import type { DrillPlan } from '../src/drill/drill-plan.ts'
import type { ScenarioName } from '../src/drill/scenario-name.ts'
import { codesOf, drill } from './drill-fixture.ts'

const run = (name: ScenarioName, command = 'lastcall', changes: Partial<DrillPlan> = {}) =>
  drill(command, { scenarios: [name], ...changes })

describe.concurrent('a server with Lastcall loses nothing in', () => {
  it.each<[ScenarioName, Partial<DrillPlan>?]>([
    ['terminate', { long: { path: '/long', share: 0.1 } }],
    ['double-signal'],
    ['signal-while-blocked'],
    ['upload'],
    ['pre-connect'],
    ['sse', { sse: { path: '/events', clients: 2 } }],
    ['websocket', { websocket: { path: '/socket', clients: 2 } }],
    // When its readiness is seen to be red depends on the machine.
    ['liveness-kill', { gracePeriodMs: 20_000, env: { LAME_DUCK_MS: '5000' } }],
  ])('%s', async (name, changes) => {
    const result = await run(name, 'lastcall', changes)
    expect(codesOf(result)).toEqual([])
    expect(result.runs).toMatchObject([{ scenario: name, lost: 0, exitCode: 0 }])
  })

  it('slow-client, though one request never ends', async () => {
    const { runs } = await run('slow-client', 'lastcall')
    expect(runs).toMatchObject([{ lost: 0 }])
  })

  it('http2', async () => {
    const result = await run('http2', 'lastcall-http2')
    expect(codesOf(result)).toEqual([])
    expect(result.runs[0]?.requests).toBeGreaterThan(20)
  })

  it('signal-during-start', async () => {
    expect(codesOf(await run('signal-during-start'))).toEqual([])
  })

  it('rolling-restart', async () => {
    const result = await run('rolling-restart')
    expect(codesOf(result)).toEqual([])
    expect(result.runs).toMatchObject([
      { run: 1, lost: 0 },
      { run: 2, lost: 0 },
    ])
  })

  it('dependency-down', async () => {
    const result = await run('dependency-down', 'lastcall', { down: { DATABASE_URL: 'postgres://127.0.0.1:1/none' } })
    expect(codesOf(result)).toEqual([])
    expect(result.runs[0]?.judged).toContain('LIVENESS-RED')
  })
})

describe.concurrent('a scenario finds the fault that it is for', () => {
  it.each<[ScenarioName, string, string, Partial<DrillPlan>?]>([
    ['double-signal', 'ignores-signal', 'KILLED', { gracePeriodMs: 3000 }],
    ['signal-during-start', 'slow-start', 'KILLED', { gracePeriodMs: 2000 }],
    ['pre-connect', 'graceful', 'KEEPALIVE-LINGER', { gracePeriodMs: 5000 }],
    ['sse', 'cuts-streams', 'LOST', { sse: { path: '/events', clients: 2 } }],
    ['websocket', 'cuts-streams', 'LOST', { websocket: { path: '/socket', clients: 2 } }],
    ['dependency-down', 'needs-dependency', 'LIVENESS-RED', { down: { DEPENDENCY: 'down' } }],
    ['http2', 'no-goaway', 'NO-CLOSE-HEADER'],
    ['liveness-kill', 'close-only', 'LOST'],
    ['rolling-restart', 'crashes-later', 'LOST', { env: { REPLICA: '{replica}' } }],
  ])('%s, in %s: %s', async (name, command, code, changes) => {
    expect(codesOf(await run(name, command, changes))).toContain(code)
  })
})

describe.concurrent('a scenario that cannot be run', () => {
  it.each<[ScenarioName, string, string]>([
    ['http2', 'graceful', 'It does not speak HTTP/2'],
    ['sse', 'graceful', 'Pass --sse'],
    ['websocket', 'graceful', 'Pass --ws'],
    ['dependency-down', 'graceful', 'Pass --down'],
    ['rolling-restart', 'one-port', 'A second replica does not start beside the first'],
  ])('is left out with the reason: %s', async (name, command, reason) => {
    const result = await run(name, command, { skips: true })
    expect(result.skipped).toEqual([{ scenario: name, reason: expect.stringContaining(reason) as string }])
    expect(result).toMatchObject({ runs: [], verdict: 'pass' })
  })

  it('is refused where it was asked for', async () => {
    await expect(run('sse', 'graceful')).rejects.toMatchObject({
      code: 'LASTCALL_INVALID_OPTION',
      message: expect.stringContaining("Option --scenario is 'sse', which cannot be run") as string,
    })
  })
})
