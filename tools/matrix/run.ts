// Runs the specs that depend on Node's own behaviour on the supported lines of it that are not the pinned one.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSIONS = ['22.23.3', '26.10.0']
const ADAPTERS = ['fastify', 'express', 'koa', 'hono', 'nestjs', 'terminus', 'grpc', 'websocket']

/** Of the adapters, the specs on real servers and sockets. */
const ON_SERVERS = ['contract', 'adoption', 'service', 'attach', 'drain']

/** Where Node's own servers, sockets and threads are. */
const RUNS: readonly (readonly [project: string, ...files: readonly string[]])[] = [
  ['packages/http'],
  ...[...ADAPTERS.map((name) => `packages/${name}`), 'apps/nest-11'].map((name) => [name, ...ON_SERVERS] as const),
]

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lastcall-node-'))

/** Installs a version in a folder of its own; gives the folder of its program. */
function install(version: string): string {
  const name = `node-linux-${process.arch}`
  const prefix = join(folder, version)
  const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', prefix]
  execFileSync('npm', ['install', ...options, `${name}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return join(prefix, 'node_modules', name, 'bin')
}

try {
  for (const version of VERSIONS) {
    const bin = install(version)
    for (const [project, ...files] of RUNS) {
      console.log(`\n--- ${project} on Node ${version}`)
      const { status } = spawnSync(join(bin, 'node'), [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
        cwd: join(root, project),
        env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
        stdio: 'inherit',
      })
      if (status !== 0) process.exitCode = 1
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
