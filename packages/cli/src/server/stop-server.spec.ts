import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { examplePlan } from '../../test/example-plan.ts'
import type { DrillPlan } from '../drill/drill-plan.ts'
import { startServer } from './start-server.ts'
import { type StopOptions, stopServer } from './stop-server.ts'

/** Starts a program that says `up`, and stops it. */
async function stop(program: string, changes: Partial<DrillPlan> = {}, options: StopOptions = {}) {
  const plan = examplePlan({ command: [process.execPath, '-e', `${program}; console.log('up')`], ...changes })
  const server = await startServer(plan)
  await waitUntil(() => server.log.includes('up'), { what: 'the program' })
  const stopped = await stopServer(server, plan, options)
  return { ...stopped, tookMs: stopped.exitMs - stopped.signalMs, log: server.log }
}

const stay = 'setInterval(() => {}, 1000)'
const on = (signal: string, then: string) => `process.on('${signal}', () => ${then}); ${stay}`

describe('stopServer', () => {
  it('sends the signal, and tells how it ended', async () => {
    const signals: number[] = []
    const stopped = await stop(
      on('SIGINT', 'process.exit(3)'),
      { stopSignal: 'SIGINT' },
      { onSignal: (atMs) => void signals.push(atMs) },
    )
    expect(stopped).toMatchObject({ exit: { code: 3, signal: null }, killedMs: undefined, graceMs: 30_000 })
    expect(signals).toEqual([stopped.signalMs])
  })

  it('kills it at the end of the grace period, which is never shorter than the platform allows', async () => {
    const stopped = await stop(on('SIGTERM', '{}'), { gracePeriodMs: 100 })
    expect(stopped).toMatchObject({ exit: { code: null, signal: 'SIGKILL' }, graceMs: 2000 })
    expect(stopped.killedMs).toBeGreaterThanOrEqual(stopped.signalMs + 2000)
  })

  it('runs the hook first, and lets the grace period pay for its whole seconds', async () => {
    const stopped = await stop(on('SIGTERM', 'process.exit()'), { preStop: { type: 'sleep', seconds: 1.2 } })
    expect(stopped.graceMs).toBeLessThanOrEqual(29_000)
    expect(stopped.graceMs % 1000).toBe(0)
  })

  it('sends the signal again', async () => {
    const program = `let count = 0; ${on('SIGTERM', '++count === 2 && process.exit(count)')}`
    const stopped = await stop(program, {}, { secondSignalAfterMs: 50 })
    expect(stopped.exit.code).toBe(2)
    expect(stopped.secondSignalMs).toBeGreaterThan(stopped.signalMs)
  })
})
