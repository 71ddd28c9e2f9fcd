import { mergeConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'

export default mergeConfig(specs, {
  test: {
    globalSetup: ['test/support/template-database.ts'],
  },
})
