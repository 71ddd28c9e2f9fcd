import type { ConnectionUse, ServiceOptions, Traffic } from '@lastcall/testing'
import { join } from 'node:path'
import { createGrpcConnector } from './connectors/grpc-connector.ts'
import { createWebSocketConnector } from './connectors/web-socket-connector.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures')

/** Has a process find Nest 11, which is installed in a folder of its own. */
const NEST_11 = `--import=${join(import.meta.dirname, '../../nest-11/src/use-nest-11.ts')}`

/** A service of the matrix: a fixture that runs as a process. */
export interface Column {
  /** The fixture's too. */
  readonly name: string
  /** How its clients connect. @default HTTP/1 */
  readonly connections?: Connections
  /** What its clients do besides. @default nothing */
  readonly traffic?: readonly Traffic[]
  /** @default 'http' */
  readonly scheme?: 'http' | 'https'
  /** What Node is given besides the fixture. @default [] */
  readonly nodeArgs?: readonly string[]
}

/** How clients connect that keep their connection, and those that open one for each request. */
export interface Connections {
  readonly kept: ConnectionUse
  readonly opened: ConnectionUse
}

export const HTTP1: Connections = { kept: 'keepAlive', opened: 'perRequest' }
/** In clear text, as behind a proxy: clients keep sessions. */
const HTTP2: Connections = { kept: 'http2', opened: 'http2PerRequest' }
const GRPC: Connections = {
  kept: (url) => createGrpcConnector(url, true),
  opened: (url) => createGrpcConnector(url, false),
}

const WEB_SOCKETS: Traffic = {
  ...{ kind: 'sse', name: 'websocket', path: '/feed', clients: 3, pauseMs: 60 },
  connection: createWebSocketConnector,
}

/** What runs. `fastify` is the demo itself, with its embedded database. */
export const COLUMNS: readonly Column[] = [
  { name: 'http' },
  { name: 'https', scheme: 'https' },
  { name: 'http2', connections: HTTP2 },
  // Processes that live for seconds: compiling the database once, simply, is quicker than compiling it well.
  { name: 'fastify', nodeArgs: ['--liftoff-only'] },
  { name: 'express' },
  { name: 'express-4' },
  { name: 'koa' },
  { name: 'koa-2' },
  { name: 'hono' },
  { name: 'hono-node-server-1' },
  { name: 'nestjs' },
  { name: 'nestjs-11', nodeArgs: [NEST_11] },
  { name: 'nestjs-fastify' },
  { name: 'nestjs-fastify-11', nodeArgs: [NEST_11] },
  { name: 'terminus' },
  { name: 'websocket', traffic: [WEB_SOCKETS] },
  { name: 'grpc', connections: GRPC },
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
  LAME_DUCK_MS: '1200',
  LAME_DUCK_QUIET_MS: '50',
}
