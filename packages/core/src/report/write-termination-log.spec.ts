import { describe, expect, it } from 'vitest'
import { createFakeProcess } from '../testing.ts'
import { formatReport } from './format-report.ts'
import type { ShutdownReport } from './report.ts'
import { writeTerminationLog } from './write-termination-log.ts'

const PATH = '/dev/termination-log'

const reportWith = (rest: Partial<ShutdownReport> = {}): ShutdownReport => ({
  ...{ name: 'orders', reason: { kind: 'signal', text: 'SIGTERM' }, outcome: 'clean', exitCode: 0 },
  ...{ startedAt: 0, durationMs: 6420, deadlineMs: 27_000, phases: [] },
  ...{ hooks: [], inFlight: [], cut: [], escalations: [], errors: [] },
  ...rest,
})

function textOf(report: ShutdownReport): string {
  const process = createFakeProcess({ files: [PATH] })
  writeTerminationLog(report, process)
  expect(process.terminationLogs).toHaveLength(1)
  expect(process.terminationLogs[0]?.path).toBe(PATH)
  return process.terminationLogs[0]?.text ?? ''
}

describe('writeTerminationLog', () => {
  it('leaves the line of the report where Kubernetes reads it', () => {
    expect(textOf(reportWith())).toBe(formatReport(reportWith()))
  })

  it('does nothing where there is no such file', () => {
    const process = createFakeProcess()
    writeTerminationLog(reportWith(), process)
    expect(process.terminationLogs).toEqual([])
  })

  it('names everything that did not end well, a line each', () => {
    const report = reportWith({
      hooks: [
        { name: 'queue', phase: 'drain', durationMs: 9, outcome: 'ok' },
        { name: 'db', phase: 'close', durationMs: 9, outcome: 'failed', error: 'broken pipe' },
        { name: 'metrics', phase: 'flush', durationMs: 9, outcome: 'abandoned' },
      ],
      cut: [{ kind: 'request', name: 'GET /slow', ageMs: 1234.56 }],
      errors: ['boom'],
    })
    expect(textOf(report).split('\n').slice(1)).toEqual([
      'failed in close: db: broken pipe',
      'abandoned in flush: metrics',
      'cut request: GET /slow, 1235 ms old',
      'error: boom',
    ])
  })

  // One byte more at the front moves the limit into the middle of a character of two, three or four bytes.
  it.each(['x', 'é', '█', '😀'].flatMap((character) => [0, 1, 2, 3].map((shift) => [character, shift] as const)))(
    'keeps to 4096 bytes and cuts no %s in half, shifted by %d',
    (character, shift) => {
      const text = textOf(reportWith({ errors: ['x'.repeat(shift) + character.repeat(5000)] }))
      const bytes = Buffer.byteLength(text)
      expect(bytes).toBeLessThanOrEqual(4096)
      expect(bytes).toBeGreaterThan(4096 - Buffer.byteLength(character))
      expect(text.isWellFormed()).toBe(true)
      expect(text).toMatch(new RegExp(`x{${shift}}${character}+$`, 'u'))
    },
  )

  it('cuts nothing off what just fits', () => {
    const length = 4096 - Buffer.byteLength(textOf(reportWith({ errors: [''] })))
    expect(textOf(reportWith({ errors: ['x'.repeat(length)] }))).toMatch(/x$/)
    const fits = textOf(reportWith({ errors: ['x'.repeat(length)] }))
    expect(Buffer.byteLength(fits)).toBe(4096)
    expect(textOf(reportWith({ errors: [`${'x'.repeat(length)}y`] }))).toBe(fits)
  })
})
