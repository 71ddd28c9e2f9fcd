import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import specs from '../../packages/nestjs/vitest.config.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What of Nest is installed in this folder, for whoever imports it from anywhere. */
const NEST = /^(?=@nestjs\/(axios|common|core|microservices|platform-[\w.]+|terminus|testing|typeorm|websockets)(\/|$))/

/** The specs of @lastcall/nestjs, on Nest 11. */
export default defineConfig({
  ...specs,
  root: at('../../packages/nestjs'),
  resolve: { ...specs.resolve, alias: [{ find: NEST, replacement: at('node_modules/') }] },
  test: {
    ...specs.test,
    env: { NEST_MAJOR: '11', NODE_OPTIONS: `--import=${at('src/use-nest-11.ts')}` },
  },
})
