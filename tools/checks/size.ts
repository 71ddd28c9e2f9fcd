// Prints the size of the core as a user's bundler leaves it, and fails when it is over the limit.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** In bytes, minified and gzipped: 12 kB. */
const LIMIT = 12_000

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../packages/core/src/index.ts', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node22',
})
const contents = outputFiles[0]?.contents ?? new Uint8Array()
const size = gzipSync(contents, { level: 9 }).byteLength

console.log(`@lastcall/core: ${contents.byteLength} bytes minified, ${size} of ${LIMIT} bytes minified and gzipped`)
if (size > LIMIT) {
  console.error(`size: ${size - LIMIT} bytes over the limit: see what the newest change pulled in`)
  process.exitCode = 1
}
