import { defineConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'
import { createMatrixReporter } from './src/matrix-reporter.ts'

const { reporters = 'default' } = specs.test ?? {}

export default defineConfig({
  ...specs,
  test: {
    ...specs.test,
    globalSetup: ['src/template-data-dir.ts'],
    // Cells mostly wait for their processes: a few side by side, so that none of them starves.
    maxConcurrency: 4,
    fileParallelism: false,
    testTimeout: 180_000,
    reporters: [...[reporters].flat(), createMatrixReporter()],
  },
})
