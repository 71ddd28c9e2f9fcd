import { defineConfig } from 'vitest/config'

/** Specs run on the sources, without a build: the custom condition leads to `src` in each package's exports. */
export const specs = defineConfig({
  resolve: { conditions: ['@lastcall/source'] },
  ssr: { resolve: { conditions: ['@lastcall/source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: ['--conditions=@lastcall/source'],
  },
})
