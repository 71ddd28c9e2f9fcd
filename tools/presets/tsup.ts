import { defineConfig } from 'tsup'

/**
 * How every published package is built: ESM, CommonJS and types, one file per entry.
 * The only file that knows the bundler; a package's `tsup.config.ts` names its entries.
 */
export function libraryBuild(entry: Record<string, string>): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'node22',
    dts: { compilerOptions: { customConditions: ['@lastcall/source'] } },
    clean: true,
    splitting: false,
    sourcemap: true,
    shims: true,
    external: [/^@lastcall\//],
  })
}

/** How a tool is built: ES modules without types, for `bin` and for the processes that it starts. */
export function toolBuild(entry: Record<string, string>): ReturnType<typeof defineConfig> {
  return defineConfig({ entry, format: ['esm'], target: 'node22', clean: true, sourcemap: true })
}
