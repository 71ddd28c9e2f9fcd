import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { createResultsReporter } from './results-reporter.ts'

const resultsFolder = process.env.LASTCALL_RESULTS_DIR

/** Specs run on the sources, without a build: the custom condition leads to `src` in each package's exports. */
export const specs = defineConfig({
  resolve: { conditions: ['@lastcall/source'] },
  // Vitest hands these to Node too: with `import` among them a `require` would get ES modules.
  ssr: { resolve: { conditions: ['@lastcall/source', 'node'] } },
  // Where Vitest runs a global setup.
  environments: { __vitest__: { resolve: { conditions: ['@lastcall/source', 'node'] } } },
  test: {
    include: ['**/*.spec.ts'],
    setupFiles: [join(import.meta.dirname, 'plain-output.ts')],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Most files wait for processes and sockets: two side by side take little more than one.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: ['--conditions=@lastcall/source'],
    // For a run over all projects that wants one sum at its end.
    ...(resultsFolder && { reporters: ['default', createResultsReporter(resultsFolder)] }),
  },
})
