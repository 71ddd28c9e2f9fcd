import { execFileSync, type ExecFileSyncOptions } from 'node:child_process'
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server of its own in a temporary folder, on loopback and a free port. */
export interface PostgreSql {
  readonly url: string
  stop(): void
}

const isRoot = process.getuid?.() === 0
/** PostgreSQL refuses to run as root, so root runs it as the user that its package makes. */
const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups']

/** Starts PostgreSQL where it is installed, or can be: as root on Debian, in CI. `undefined` elsewhere. */
export async function startPostgreSql(): Promise<PostgreSql | undefined> {
  const bin = findPrograms() ?? installPrograms()
  if (bin === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-postgresql-'))
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
    chownSync(folder, uid ?? 0, gid ?? 0)
  }
  const data = join(folder, 'data')
  const run = (program: string, ...args: string[]) => {
    const [command = '', ...rest] = [...(isRoot ? AS_POSTGRES : []), join(bin, program), ...args]
    execFileSync(command, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const port = await findFreePort()
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync')
  run('pg_ctl', '-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      run('pg_ctl', '-D', data, '-m', 'fast', '-w', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findPrograms(): string | undefined {
  return globSync(['/usr/lib/postgresql/*/bin', '/usr/local/opt/postgresql*/bin', '/opt/homebrew/opt/postgresql*/bin'])
    .filter((folder) => existsSync(join(folder, 'pg_ctl')))
    .sort()
    .at(-1)
}

function installPrograms(): string | undefined {
  if (!isRoot || process.env.CI !== 'true' || !existsSync('/usr/bin/apt-get')) return undefined
  const policy = '/usr/sbin/policy-rc.d'
  const hadPolicy = existsSync(policy)
  try {
    if (!hadPolicy) {
      // Debian would start a server on the default port.
      writeFileSync(policy, '#!/bin/sh\nexit 101\n')
      chmodSync(policy, 0o755)
    }
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], env }
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], options)
  } finally {
    if (!hadPolicy) rmSync(policy, { force: true })
  }
  return findPrograms()
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
