import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from './repository.ts'

describe('totals', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lastcall-totals-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (name: string, numPassedTests: number, numFailedTests: number, testResults: object[] = []) =>
    writeFileSync(join(folder, name), JSON.stringify({ numPassedTests, numFailedTests, testResults }))
  const run = () => {
    const script = join(root, 'tools/checks/totals.ts')
    const { stdout, status } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
    return { line: stdout.trim(), status }
  }

  it('sums all runs', () => {
    write('a.json', 2, 0)
    write('b.json', 3, 0)
    expect(run()).toEqual({ line: '5 passed, 0 failed', status: 0 })
  })

  it('fails when a test failed, and when a file could not be loaded', () => {
    write('a.json', 2, 1, [{ status: 'failed', assertionResults: [{}] }])
    write('b.json', 3, 0, [{ status: 'failed', assertionResults: [] }])
    expect(run()).toEqual({ line: '5 passed, 2 failed', status: 1 })
  })

  it('fails when nothing ran', () => {
    expect(run()).toEqual({ line: '0 passed, 0 failed', status: 1 })
  })
})
