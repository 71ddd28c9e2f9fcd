import { mergeConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'

// One after the other: each starts three processes at a time, and a database that is restarted is everyone's.
export default mergeConfig(specs, {
  test: { testTimeout: 900_000, hookTimeout: 120_000, fileParallelism: false },
})
