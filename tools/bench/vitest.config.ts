export { specs as default } from '../presets/vitest.ts'
