import { mergeConfig } from 'vitest/config'
import { specs } from './presets/vitest.ts'

/** `bench` is a project of its own. */
export default mergeConfig(specs, { test: { exclude: ['bench/**'] } })
