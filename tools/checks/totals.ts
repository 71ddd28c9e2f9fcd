// Prints what failed and how many tests passed in all the runs whose results lie in a folder; fails when any did, or
// none ran.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results } from '../presets/results-reporter.ts'

const [, , folder = '.'] = process.argv
const runs = globSync('*.json', { cwd: folder }).map((file): Results =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')),
)
const passed = runs.reduce((sum, run) => sum + run.passed, 0)
const failures = runs.flatMap((run) => run.failures)

for (const failure of failures) console.log(failure)
console.log(`${passed} passed, ${failures.length} failed`)
if (failures.length > 0 || passed === 0) process.exitCode = 1
