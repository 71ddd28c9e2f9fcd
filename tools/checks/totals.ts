// Prints how many tests passed and failed in all the runs whose results lie in a folder; fails when any did, or none ran.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What of Vitest's JSON is counted. A file that cannot be loaded is a failed suite without tests. */
interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

const [, , folder = '.'] = process.argv
let passed = 0
let failed = 0
for (const file of globSync('*.json', { cwd: folder })) {
  const results: Results = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const broken = results.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  passed += results.numPassedTests
  failed += results.numFailedTests + broken.length
}

console.log(`${passed} passed, ${failed} failed`)
if (failed > 0 || passed === 0) process.exitCode = 1
