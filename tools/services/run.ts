// Runs the specs that need a real server, `*.services.spec.ts`: against `DATABASE_URL`, or a PostgreSQL of their own,
// and with a Docker engine. Where there is none of the two, their specs are skipped.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDocker } from './docker.ts'
import { startPostgreSql } from './postgresql.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const started = process.env.DATABASE_URL === undefined ? await startPostgreSql() : undefined
const docker = await startDocker()
const url = process.env.DATABASE_URL ?? started?.url

if (url === undefined) {
  console.log(
    'test:services: no PostgreSQL, whose specs are skipped. Set DATABASE_URL to one that may be written to, or install it.',
  )
}
if (docker === undefined) console.log('test:services: no Docker engine, whose specs are skipped.')
try {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(process.execPath, [vitest, 'run', '.services.'], {
    cwd: join(root, 'apps/demo'),
    env: {
      ...process.env,
      ...(url !== undefined && { DATABASE_URL: url }),
      ...(docker && { ...docker.env, LASTCALL_DOCKER: docker.command }),
    },
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} finally {
  started?.stop()
  await docker?.stop()
}
