import { mergeConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'

// Each drill has three processes that want to run.
export default mergeConfig(specs, { test: { maxConcurrency: 3 } })
