import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const SCRIPT = fileURLToPath(new URL('import-time.ts', import.meta.url))

/** How long a fresh process takes to import packages that are built and installed, in milliseconds. */
export async function timeImport(packages: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', SCRIPT, ...packages])
  return Number(stdout)
}
