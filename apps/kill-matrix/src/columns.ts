import type { ServiceOptions } from '@lastcall/testing'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..', 'fixtures')

/** A service of the matrix: a fixture that runs as a process. */
export interface Column {
  /** The fixture's too. */
  readonly name: string
  /** What speaks HTTP/2 does so in clear text, as behind a proxy: its clients keep sessions. @default false */
  readonly isHttp2?: boolean
  /** @default 'http' */
  readonly scheme?: 'http' | 'https'
  /** What Node is given besides the fixture. @default [] */
  readonly nodeArgs?: readonly string[]
}

/** What runs. `fastify` is the demo itself, with its embedded database. */
export const COLUMNS: readonly Column[] = [
  { name: 'http' },
  { name: 'https', scheme: 'https' },
  { name: 'http2', isHttp2: true },
  // Processes that live for seconds: compiling the database once, simply, is quicker than compiling it well.
  { name: 'fastify', nodeArgs: ['--liftoff-only'] },
  { name: 'express' },
  { name: 'express-4' },
  { name: 'koa' },
  { name: 'koa-2' },
  { name: 'hono' },
  { name: 'hono-node-server-1' },
  { name: 'terminus' },
]

/** The service of a column as a process. `wrapper` is a command that runs it, such as `unshare`. */
export function columnProcess(
  { name, scheme = 'http', nodeArgs = [] }: Column,
  env: Readonly<Record<string, string>>,
  port: number,
  wrapper: readonly string[] = [],
): ServiceOptions {
  const node = [process.execPath, ...nodeArgs, '--conditions=@lastcall/source', join(FOLDER, `${name}.ts`)]
  const [command = process.execPath, ...args] = [...wrapper, ...node]
  return {
    command,
    args,
    env: { ...DEFAULT_ENV, PORT: String(port), ...env },
    url: `${scheme}://127.0.0.1:${port}`,
    ready: ({ stdout }) => /^ready$/m.test(stdout),
    ...(scheme === 'https' && { tls: { rejectUnauthorized: false } }),
  }
}

/** The lame duck is longer than the routing that goes on after the signal, as it is when it was chosen rightly. */
const DEFAULT_ENV = {
  HOST: '127.0.0.1',
  PROBE_PORT: '0',
  DATABASE_URL: '',
  PROCESSING_MS: '50',
  GRACE_PERIOD_MS: '20000',
  LAME_DUCK_MS: '800',
  LAME_DUCK_QUIET_MS: '50',
}
