import { describe, expect, it } from 'vitest'
import type { CheckStatus, ProbeKind } from '../checks/check.ts'
import { createEmitter } from '../events/emitter.ts'
import { createFakeClock } from '../testing.ts'
import { watchProbes } from './watch-probes.ts'

function setUp() {
  const emitter = createEmitter('orders', createFakeClock(), () => undefined)
  const statuses: Record<ProbeKind, CheckStatus> = { startup: 'fail', liveness: 'pass', readiness: 'fail' }
  const changes: string[] = []
  const stop = watchProbes(emitter, (kind) => statuses[kind])
  emitter.subscribe((event) => {
    if (event.type === 'probe:change') changes.push(`${event.probe}: ${event.from} → ${event.to}`)
  })
  return {
    ...{ emitter, statuses, stop },
    changes: () => changes.splice(0),
    moveState: () => emitter.emit('state:change', { from: { name: 'starting' }, to: { name: 'running' } }),
    endCheck: () => emitter.emit('check:end', { check: 'db', durationMs: 1, status: 'pass' }),
  }
}

describe('watchProbes', () => {
  it('tells of every probe first, then of those that have changed', () => {
    const { statuses, changes, moveState } = setUp()
    moveState()
    expect(changes()).toEqual([
      'liveness: undefined → pass',
      'readiness: undefined → fail',
      'startup: undefined → fail',
    ])
    statuses.startup = 'pass'
    statuses.readiness = 'warn'
    moveState()
    expect(changes()).toEqual(['readiness: fail → warn', 'startup: fail → pass'])
    moveState()
    expect(changes()).toEqual([])
  })

  it('asks again after each run of a check', () => {
    const { statuses, changes, moveState, endCheck } = setUp()
    moveState()
    changes()
    statuses.liveness = 'fail'
    endCheck()
    expect(changes()).toEqual(['liveness: pass → fail'])
  })

  it('does not ask after what can change no probe', () => {
    const { emitter, changes } = setUp()
    emitter.emit('hold:begin', { hold: 'charge card' })
    expect(changes()).toEqual([])
  })

  it('tells nothing more once it has stopped', () => {
    const { changes, moveState, stop } = setUp()
    stop()
    moveState()
    expect(changes()).toEqual([])
  })
})
