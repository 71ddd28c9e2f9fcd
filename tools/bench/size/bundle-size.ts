import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** What comes with the service, whatever stops it. */
const HOST = ['fastify', 'node:*']

/** How large a bundler leaves packages and all that they depend on, in bytes; Fastify is left out of its own plugins. */
export async function bundleSize(packages: readonly string[]): Promise<{ minified: number; gzipped: number }> {
  const isPlugin = packages.some((name) => /fastify/.test(name))
  const { outputFiles } = await build({
    stdin: {
      contents: packages.map((name, index) => `export * as p${index} from '${name}'`).join('\n'),
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: isPlugin ? HOST : HOST.slice(1),
    logLevel: 'error',
  })
  const contents = outputFiles[0]?.contents ?? new Uint8Array()
  return { minified: contents.byteLength, gzipped: gzipSync(contents, { level: 9 }).byteLength }
}
