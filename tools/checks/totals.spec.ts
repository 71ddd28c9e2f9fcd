import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Results } from '../presets/results-reporter.ts'
import { root } from './repository.ts'

describe('totals', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lastcall-totals-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (name: string, results: Results) => writeFileSync(join(folder, name), JSON.stringify(results))
  const run = () => {
    const script = join(root, 'tools/checks/totals.ts')
    const { stdout, status } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
    return { lines: stdout.trim().split('\n'), status }
  }

  it('sums all runs', () => {
    write('a.json', { passed: 2, failures: [] })
    write('b.json', { passed: 3, failures: [] })
    expect(run()).toEqual({ lines: ['5 passed, 0 failed'], status: 0 })
  })

  it('names all that failed, and fails', () => {
    write('a.json', { passed: 2, failures: ['a.spec.ts: adds: wrong sum'] })
    write('b.json', { passed: 3, failures: ['b.spec.ts: the file: no such module'] })
    const failures = ['a.spec.ts: adds: wrong sum', 'b.spec.ts: the file: no such module']
    expect(run()).toMatchObject({ lines: expect.arrayContaining(failures), status: 1 })
    expect(run().lines.at(-1)).toBe('5 passed, 2 failed')
  })

  it('fails when nothing ran', () => {
    expect(run()).toEqual({ lines: ['0 passed, 0 failed'], status: 1 })
  })
})
