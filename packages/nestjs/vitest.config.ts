import { defineConfig } from 'vitest/config'
import { specs } from '../../tools/presets/vitest.ts'

export default defineConfig({
  ...specs,
  // Half of the time would go into loading Nest for each spec anew.
  test: { ...specs.test, isolate: false },
})
