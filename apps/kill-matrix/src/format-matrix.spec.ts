import { describe, expect, it } from 'vitest'
import { type CellCounts, formatMatrix } from './format-matrix.ts'

const counts: CellCounts = { sent: 100, afterSignal: 20, lost: 0, orders: 9, missing: 0 }

describe('formatMatrix', () => {
  it('shows what was done by what ran, then the sum', () => {
    const text = formatMatrix([
      { row: 'SIGTERM', column: 'http', passed: true, counts },
      { row: 'SIGTERM', column: 'https', passed: false, counts: { ...counts, lost: 3, missing: 2 } },
      { row: 'SIGKILL', column: 'http', passed: false },
      { row: 'SIGKILL', column: 'https', passed: true, counts: { ...counts, lost: 4 } },
    ])
    expect(text.split('\n').slice(2)).toEqual([
      'what was done  http    https',
      'SIGTERM        0/100   FAILED 3/100',
      'SIGKILL        FAILED  4/100',
      '',
      '4 cells, 2 failed, 0 skipped: 300 requests, 60 of them after the signal, 7 lost; 27 orders acknowledged, 2 missing.',
    ])
  })

  it('begins another table where a line would be too long', () => {
    const columns = Array.from({ length: 15 }, (_, index) => `framework-${index}`)
    const text = formatMatrix(columns.map((column) => ({ row: 'SIGTERM', column, passed: true, counts })))
    const lines = text.split('\n').slice(2, -1)
    expect(lines.map((line) => line.length).filter((length) => length > 120)).toEqual([])
    expect(lines.filter((line) => line.startsWith('what was done'))).toHaveLength(2)
    expect(lines.join(' ').match(/framework-\d+/g)).toEqual(columns)
    expect(lines.join(' ').match(/0\/100/g)).toHaveLength(columns.length)
  })

  it('says why a row was skipped, once', () => {
    const skipped = 'unshare is not permitted'
    const text = formatMatrix([
      { row: 'as PID 1', column: 'http', passed: true, skipped },
      { row: 'as PID 1', column: 'https', passed: true, skipped },
    ])
    expect(text).toMatch(/as PID 1 +skipped +skipped/)
    expect(text.match(/as PID 1: skipped, unshare is not permitted/g)).toHaveLength(1)
    expect(text).toMatch(/2 cells, 0 failed, 2 skipped/)
  })
})
