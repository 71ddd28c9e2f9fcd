import { describe, expect, it } from 'vitest'
import { resolveOptions } from '../resolve-options.ts'
import type { LifecycleOptions } from '../options.ts'
import type { ShutdownReason } from '../shutdown/reason.ts'
import type { Work } from '../shutdown/work.ts'
import { createFakeProcess } from '../testing.ts'
import { draftReport } from './draft-report.ts'
import type { HookReport } from './report.ts'

const request: Work = { kind: 'request', name: 'GET /slow', ageMs: 20 }
const hook = (outcome: HookReport['outcome']): HookReport => ({ name: 'db', phase: 'close', durationMs: 5, outcome })

function draft(options: LifecycleOptions = {}, reason: ShutdownReason = { kind: 'signal', text: 'SIGTERM' }) {
  const resolved = resolveOptions({ name: 'orders', ...options }, createFakeProcess())
  return draftReport(resolved, reason, 1000, [request])
}

describe('draftReport', () => {
  it('is clean when nothing is noted', () => {
    expect(draft().finish(1250)).toEqual({
      ...{ name: 'orders', reason: { kind: 'signal', text: 'SIGTERM' }, outcome: 'clean', exitCode: 0 },
      ...{ startedAt: 1000, durationMs: 250, deadlineMs: 9000 },
      ...{ phases: [], hooks: [], inFlight: [request], cut: [], escalations: [], errors: [] },
    })
  })

  it.each<[string, (report: ReturnType<typeof draft>) => void, string, number]>([
    ['a hook that ended well', ({ hooks }) => hooks.push(hook('ok')), 'clean', 0],
    ['a hook that failed', ({ hooks }) => hooks.push(hook('failed')), 'failed', 1],
    ['a hook that was abandoned', ({ hooks }) => hooks.push(hook('abandoned')), 'failed', 1],
    ['an error', (report) => report.fail(new Error('boom')), 'failed', 1],
    ['work that was cut', ({ cut }) => cut.push(request), 'cut', 1],
    [
      'work that was cut and a hook that failed',
      ({ cut, hooks }) => void [cut.push(request), hooks.push(hook('failed'))],
      'cut',
      1,
    ],
    [
      'a further signal alone',
      ({ escalations }) => escalations.push({ atMs: 5, rung: 'abort', by: 'SIGINT' }),
      'clean',
      0,
    ],
  ])('ends after %s with outcome and exit code', (_, note, outcome, exitCode) => {
    const report = draft()
    note(report)
    expect(report.finish(1250)).toMatchObject({ outcome, exitCode })
  })

  it('is forced, with the forced code, whatever else happened', () => {
    const report = draft()
    report.cut.push(request)
    expect(report.finish(1250, 143)).toMatchObject({ outcome: 'forced', exitCode: 143 })
  })

  it('takes the exit codes that the user chose', () => {
    const exit = { success: 3, failure: 4 }
    expect(draft({ exit }).finish(1250).exitCode).toBe(3)
    const report = draft({ exit })
    report.fail('boom')
    expect(report.finish(1250).exitCode).toBe(4)
  })

  it('says what the code would be where it does not end the process', () => {
    expect(draft({ exit: false }).finish(1250).exitCode).toBe(0)
  })

  it('keeps the messages of everything that failed, and not the errors themselves', () => {
    const error = new Error('boom')
    const report = draft({}, { kind: 'uncaughtException', text: 'boom', error })
    report.fail(error)
    report.fail('a text')
    const finished = report.finish(1250)
    expect(finished.errors).toEqual(['boom', 'a text'])
    expect(finished.reason).toEqual({ kind: 'uncaughtException', text: 'boom' })
    expect(JSON.parse(JSON.stringify(finished))).toEqual(finished)
  })

  it('changes no more once it is finished', () => {
    const report = draft()
    const finished = report.finish(1250)
    report.hooks.push(hook('failed'))
    report.fail('late')
    expect(finished).toMatchObject({ hooks: [], errors: [] })
  })
})
