import { defineConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'

export default defineConfig({
  ...specs,
  // Vitest hands these to Node as `--conditions`: with `import` among them, `require` inside pg would get ES modules.
  ssr: { resolve: { conditions: ['@lastcall/source', 'node'] } },
  test: {
    ...specs.test,
    globalSetup: ['test/support/template-database.ts'],
    // The rounds of the kill-signal specs mostly wait: two files side by side take little more than one.
    maxWorkers: 2,
  },
})
