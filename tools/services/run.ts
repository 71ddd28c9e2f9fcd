// Runs the specs that need a real server, `*.services.spec.ts`: against `DATABASE_URL`, or a PostgreSQL of their own,
// with HAProxy, nginx, and a Docker engine. Where there is none of one, the specs that need it are skipped.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installMissing } from './debian.ts'
import { startDocker } from './docker.ts'
import { findPostgreSql, startPostgreSql } from './postgresql.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PROJECTS = ['apps/demo', 'apps/rollouts']

const runs = (program: string) => spawnSync(program, ['-v']).error === undefined
installMissing({
  postgresql: () => process.env.DATABASE_URL !== undefined || findPostgreSql() !== undefined,
  haproxy: () => runs('haproxy'),
  'nginx-light': () => runs('nginx'),
})
const started = process.env.DATABASE_URL === undefined ? await startPostgreSql() : undefined
const docker = await startDocker()
const url = process.env.DATABASE_URL ?? started?.url

if (url === undefined) {
  console.log(
    'test:services: no PostgreSQL, whose specs are skipped. Set DATABASE_URL to one that may be written to, or install it.',
  )
}
for (const program of ['haproxy', 'nginx']) {
  if (!runs(program)) console.log(`test:services: no ${program}, whose specs are skipped. Install it.`)
}
if (docker === undefined) console.log('test:services: no Docker engine, whose specs are skipped.')
try {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  for (const project of PROJECTS) {
    const { status } = spawnSync(process.execPath, [vitest, 'run', '.services.'], {
      cwd: join(root, project),
      env: {
        ...process.env,
        ...(url !== undefined && { DATABASE_URL: url }),
        ...(started && { LASTCALL_POSTGRESQL_RESTART: JSON.stringify(started.restart) }),
        ...(docker && { ...docker.env, LASTCALL_DOCKER: docker.command }),
      },
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
} finally {
  started?.stop()
  await docker?.stop()
}
