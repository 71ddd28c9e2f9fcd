import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Results } from './results-reporter.ts'

const root = join(import.meta.dirname, '../..')

/** What a run over these files came to, and its exit code. */
function run(files: Record<string, string>): Results & { readonly status: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-results-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const results = join(folder, 'results')
  mkdirSync(results)
  const config = `export { specs as default } from ${JSON.stringify(join(root, 'tools/presets/vitest.ts'))}`
  for (const [name, text] of Object.entries({ ...files, 'vitest.config.mjs': config })) {
    writeFileSync(join(folder, name), text)
  }
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', '--globals', '--root', folder], {
    cwd: join(root, 'tools'),
    env: { ...process.env, LASTCALL_RESULTS_DIR: results },
  })
  const [written = ''] = globSync('*.json', { cwd: results })
  return { ...(JSON.parse(readFileSync(join(results, written), 'utf8')) as Results), status }
}

describe('createResultsReporter', () => {
  it('counts what passed', () => {
    // The skipped one is a fixture too: it is not to be counted.
    expect(run({ 'a.spec.ts': `it('one', () => {}); it('two', () => {}); it.skip('three', () => {})` })).toEqual({
      passed: 2,
      failures: [],
      status: 0,
    })
  })

  it('names a test that failed, a file that does not load, and an error that no test caused', () => {
    const { passed, failures, status } = run({
      'test.spec.ts': `describe('sums', () => it('adds', () => expect(1 + 1).toBe(3)))`,
      'file.spec.ts': `throw new Error('not here')`,
      'late.spec.ts': `it('passes', async () => { setTimeout(() => { throw new Error('too late') }); await new Promise((done) => setTimeout(done, 50)) })`,
    })
    expect({ passed, status }).toEqual({ passed: 1, status: 1 })
    expect(failures.toSorted()).toEqual([
      expect.stringMatching(/file\.spec\.ts: the file: .*not here/),
      expect.stringMatching(/test\.spec\.ts: sums > adds: .*expected 2 to be 3/),
      expect.stringMatching(/^tools: outside of all tests: .*too late.*late\.spec\.ts/),
    ])
  })
})
