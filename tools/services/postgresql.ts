import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server of its own in a temporary folder, on loopback and a free port. */
export interface PostgreSql {
  readonly url: string
  /** The command that restarts it. */
  readonly restart: readonly string[]
  stop(): void
}

const isRoot = process.getuid?.() === 0
/** PostgreSQL refuses to run as root, so root runs it as the user that its package makes. */
const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups']

/** Starts PostgreSQL where it is installed. `undefined` elsewhere. */
export async function startPostgreSql(): Promise<PostgreSql | undefined> {
  const bin = findPostgreSql()
  if (bin === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'lastcall-postgresql-'))
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
    chownSync(folder, uid ?? 0, gid ?? 0)
  }
  const data = join(folder, 'data')
  const commandOf = (program: string, ...args: string[]) => [
    ...(isRoot ? AS_POSTGRES : []),
    join(bin, program),
    ...args,
  ]
  const run = (program: string, ...args: string[]) => {
    const [command = '', ...rest] = commandOf(program, ...args)
    execFileSync(command, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const port = await findFreePort()
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=400`
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync')
  run('pg_ctl', '-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart: commandOf('pg_ctl', '-D', data, '-m', 'fast', '-l', join(folder, 'log'), '-w', 'restart'),
    stop() {
      run('pg_ctl', '-D', data, '-m', 'fast', '-w', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The folder of its programs; `undefined` where it is not installed. */
export function findPostgreSql(): string | undefined {
  return globSync(['/usr/lib/postgresql/*/bin', '/usr/local/opt/postgresql*/bin', '/opt/homebrew/opt/postgresql*/bin'])
    .filter((folder) => existsSync(join(folder, 'pg_ctl')))
    .sort()
    .at(-1)
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
