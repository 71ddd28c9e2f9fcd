import { mergeConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'

export default mergeConfig(specs, {
  test: {
    globalSetup: ['test/support/template-database.ts'],
    // The rounds of the kill-signal specs mostly wait: two files side by side take little more than one.
    maxWorkers: 2,
  },
})
