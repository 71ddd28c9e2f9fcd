import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** What one run of Vitest came to. */
export interface Results {
  readonly passed: number
  /** A line for each test that failed, each file that could not be loaded and each error outside of all tests. */
  readonly failures: readonly string[]
}

const root = join(import.meta.dirname, '../..')

/** Writes {@link Results} into `folder`, for one sum over the runs of all projects. */
export function createResultsReporter(folder: string): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const passed = modules.reduce((sum, { children }) => sum + [...children.allTests('passed')].length, 0)
      const failures = [
        ...modules.flatMap(failuresOf),
        ...unhandledErrors.map((error) => line(relative(root, process.cwd()), 'outside of all tests', error)),
      ]
      const results: Results = { passed, failures }
      writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(results))
    },
  }
}

function failuresOf(module: TestModule): string[] {
  const file = relative(root, module.moduleId)
  return [
    ...module.errors().map((error) => line(file, 'the file', error)),
    ...[...module.children.allTests('failed')].map((test) => line(file, test.fullName, test.result().errors?.[0])),
  ]
}

function line(place: string, name: string, error: SerializedError | undefined): string {
  return `${place}: ${name}: ${(error?.stack ?? error?.message ?? 'no error').split('\n', 3).join(' ')}`
}
