export { specs as default } from '../../tools/presets/vitest.ts'
