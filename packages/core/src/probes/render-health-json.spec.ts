import { describe, expect, it } from 'vitest'
import type { ProbeCheck, ProbeResult } from './probe.ts'
import { renderHealthJson } from './render-health-json.ts'

const render = (shown: boolean, ...checks: ProbeCheck[]): unknown => {
  const result: ProbeResult = { kind: 'readiness', status: 'warn', state: 'running', checks }
  return JSON.parse(renderHealthJson(result, 'orders', shown))
}

describe('renderHealthJson', () => {
  it('says the status alone where details are withheld', () => {
    expect(render(false, { name: 'db', status: 'warn', output: 'password refused' })).toEqual({ status: 'warn' })
  })

  it('names the service, and gives each check a list of one', () => {
    expect(render(true, { name: 'db', status: 'pass' }, { name: 'cache', status: 'fail', output: 'refused' })).toEqual({
      status: 'warn',
      serviceId: 'orders',
      checks: { db: [{ status: 'pass' }], cache: [{ status: 'fail', output: 'refused' }] },
    })
  })

  it('writes the time as the draft wants it, and data as the observed value', () => {
    const check = {
      name: 'db',
      status: 'warn',
      observedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
      data: { lagMs: 7 },
    } as const
    expect(render(true, check)).toMatchObject({
      checks: { db: [{ status: 'warn', time: '2026-01-02T03:04:05.006Z', observedValue: { lagMs: 7 } }] },
    })
  })

  it('leaves out the output of what passes, for which the draft has no place', () => {
    expect(render(true, { name: 'db', status: 'pass', output: 'all well' })).toEqual({
      status: 'warn',
      serviceId: 'orders',
      checks: { db: [{ status: 'pass' }] },
    })
  })

  it('takes any name for a check', () => {
    const result: ProbeResult = {
      kind: 'readiness',
      status: 'pass',
      state: 'running',
      checks: [{ name: '__proto__', status: 'pass' }],
    }
    expect(renderHealthJson(result, 'orders', true)).toContain('"__proto__":[{"status":"pass"}]')
  })
})
