// Runs the specs that need a real server, `*.services.spec.ts`: against `DATABASE_URL`, or a PostgreSQL of their own.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgreSql } from './postgresql.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const started = process.env.DATABASE_URL === undefined ? await startPostgreSql() : undefined
const url = process.env.DATABASE_URL ?? started?.url

if (url === undefined) {
  console.log('test:services: skipped. Set DATABASE_URL to a PostgreSQL that may be written to, or install PostgreSQL.')
} else {
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const { status } = spawnSync(process.execPath, [vitest, 'run', '.services.'], {
      cwd: join(root, 'apps/demo'),
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'inherit',
    })
    process.exitCode = status ?? 1
  } finally {
    started?.stop()
  }
}
