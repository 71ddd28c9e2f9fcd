import { spawnSync } from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FENCES } from './fences.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CORE = 'packages/core/src'
const HTTP = 'packages/http/src'
const FASTIFY = 'packages/fastify/src'
const DEMO = 'apps/demo/src'
const KUBELET = 'packages/kubelet/src'
const CLI = 'packages/cli/src'

/** What a file holds, where it stands, and what lint says of it; nothing where that is left out. */
type Case = readonly [name: string, folder: string, code: string, message?: RegExp]

const VIOLATIONS: readonly Case[] = [
  ['core → an npm package', CORE, `import 'fastify'`, /"type:core" is not allowed to import "fastify"/],
  ['core → a type of an npm package', CORE, `export type { A } from 'fastify'`, /"type:core" is not allowed/],
  ['core → http', CORE, `import '@lastcall/http'`, /Circular dependency|"type:core" cannot depend/],
  ['core → the test kit', CORE, `import '@lastcall/testing'`, /Circular dependency|"type:core" cannot depend/],
  ['core → a built-in', CORE, `import 'node:path'`, /Only ports\/ and diagnostics\//],
  ['core → a built-in without its prefix', CORE, `import 'timers'`, /'timers' import is restricted/],
  ['core → a type of a built-in', CORE, `export type { Server } from 'node:http'`, /Only ports\/ and diagnostics\//],
  ['core → a built-in, dynamic', CORE, `export const load = () => import('node:path')`, /imports nothing late/],
  ['core → a built-in, require', CORE, `require('node:path')`, /'require'.*Take the port/],
  ['core → process', CORE, `process.exit(1)`, /'process'.*Take the port/],
  ['core → process by way of globalThis', CORE, `globalThis.process.exit(1)`, /'globalThis'.*Take the port/],
  ['core → console', CORE, `console.log('')`, /'console'.*Take the port/],
  ['core → setTimeout', CORE, `setTimeout(() => {}, 1)`, /'setTimeout'.*Take the port/],
  ['core → setInterval', CORE, `setInterval(() => {}, 1)`, /'setInterval'.*Take the port/],
  ['core → setImmediate', CORE, `setImmediate(() => {})`, /'setImmediate'.*Take the port/],
  ['core → Date, its now', CORE, `export const now = Date.now()`, /Take the clock/],
  ['core → Date, a new one', CORE, `export const now = new Date()`, /Take the clock/],
  ['core → Date, called', CORE, `export const now = Date()`, /Take the clock/],
  ['core → AbortSignal timeout', CORE, `export const signal = AbortSignal.timeout(5)`, /Take the clock/],
  ['core diagnostics → timers', `${CORE}/diagnostics`, `setTimeout(() => {}, 1)`, /'setTimeout'.*Take the port/],
  ['http → an npm package', HTTP, `import 'ws'`, /"type:platform" is not allowed to import "ws"/],
  ['http → an adapter', HTTP, `import '@lastcall/fastify'`, /Circular dependency|"type:platform" can only depend/],
  ['adapter → adapter', 'packages/second/src', `import '@lastcall/fastify'`, /"type:adapter" can only depend/],
  ['adapter → other framework', FASTIFY, `import 'pg'`, /"framework:fastify" is not allowed to import "pg"/],
  ['adapter → other framework, type', FASTIFY, `export type { A } from 'pg'`, /"framework:fastify" is not allowed/],
  ['adapter → other framework, dynamic', FASTIFY, `export const a = () => import('pg')`, /"framework:fastify" is not/],
  ['adapter → other framework, require', FASTIFY, `require('pg')`, /"framework:fastify" is not allowed/],
  ['adapter → test kit', FASTIFY, `import '@lastcall/testing'`, /"type:adapter" can only depend/],
  ['adapter → application', FASTIFY, `import '@lastcall/demo'`, /Only packages defined in the "package.json"/],
  ['adapter → http by a relative path', FASTIFY, `import '../../http/src/index.ts'`, /by a relative or absolute path/],
  ['test kit → http', 'packages/testing/src', `import '@lastcall/http'`, /Circular dependency|"type:testing" can only/],
  ['application → test kit', DEMO, `import '@lastcall/testing'`, /"type:app" can only depend/],
  ['kubelet → http', KUBELET, `import '@lastcall/http'`, /"type:simulator" can only depend/],
  [
    'kubelet → the command line',
    KUBELET,
    `import 'lastcall'`,
    /"type:simulator" can only depend|Circular dependency|Only packages/,
  ],
  ['command line → http', CLI, `import '@lastcall/http'`, /"type:tool" can only depend/],
  ['command line → the test kit', CLI, `import '@lastcall/testing'`, /"type:tool" can only depend/],
  ['command line → an npm package', CLI, `import 'fastify'`, /"type:tool" is not allowed to import "fastify"/],
  [
    'spec of core → test kit .spec',
    CORE,
    `import '@lastcall/testing'`,
    /Circular dependency|"type:core" cannot depend/,
  ],
  ['spec of http → adapter .spec', HTTP, `import '@lastcall/fastify'`, /Circular dependency|can only depend/],
]

const ARROWS: readonly Case[] = [
  ['a port → built-ins and globals', `${CORE}/ports`, `import 'node:path'; setTimeout(() => {}, Date.now())`],
  ['core diagnostics → its built-in', `${CORE}/diagnostics`, `import 'node:diagnostics_channel'`],
  ['core → Date to format a time', CORE, `export const iso = new Date(0).toISOString()`],
  ['http → core, built-ins and globals', HTTP, `import '@lastcall/core'; import 'node:http'; process.exit(1)`],
  [
    'adapter → core, http and its framework',
    FASTIFY,
    `import '@lastcall/core'; import '@lastcall/http'; import 'fastify'`,
  ],
  ['test kit → core and vitest', 'packages/testing/src', `import '@lastcall/core/testing'; import 'vitest'`],
  ['application → all below it', DEMO, `import '@lastcall/core'; import '@lastcall/fastify'; import 'pg'`],
  [
    'command line → core, kubelet and its libraries',
    CLI,
    `import '@lastcall/core'; import '@lastcall/kubelet'; import 'ws'`,
  ],
  ['spec of the command line → http and the demo .spec', CLI, `import '@lastcall/http'; import '@lastcall/testing'`],
  ['spec of core → built-ins and globals .spec', CORE, `import 'node:path'; import 'fast-check'; Date.now()`],
  ['spec of http → test kit and a client .spec', HTTP, `import '@lastcall/testing'; import 'ws'`],
  ['spec of an adapter → test kit .spec', FASTIFY, `import '@lastcall/testing'; import 'vitest'`],
]

const fileOf = ([name, folder]: Case) => `${folder}/${name.replace(/[^a-z.]+/gi, '-').replace('-.spec', '.spec')}.ts`

const byName = (cases: readonly Case[]) => cases.map((one) => [one[0], one] as const)

/** What of the workspace decides the fences, with a second adapter and one file for each case. */
function writeWorkspace(workspace: string): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), text)
  }
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const shared = [
    'nx.json',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    'eslint.config.js',
    'tools/lint/*.js',
  ]
  for (const path of globSync([...shared, '{packages/*,apps/*,tools}/{package,tsconfig}.json'], { cwd: root })) {
    write(path, read(path))
  }
  write(
    'packages/second/package.json',
    read('packages/fastify/package.json').replace('@lastcall/fastify', '@lastcall/second'),
  )
  write('packages/second/tsconfig.json', read('packages/fastify/tsconfig.json'))
  for (const one of [...VIOLATIONS, ...ARROWS]) write(fileOf(one), `${one[2]}\nexport {}\n`)
  // What is installed, but with the packages of this workspace in place of the real ones.
  const link = (from: string, to: string) => {
    mkdirSync(dirname(join(workspace, to)), { recursive: true })
    symlinkSync(from, join(workspace, to))
  }
  const own = new Set(['@lastcall'])
  for (const path of globSync('{packages/*,apps/*}/package.json', { cwd: workspace })) {
    const { name } = JSON.parse(readFileSync(join(workspace, path), 'utf8'))
    link(join(workspace, dirname(path)), `node_modules/${name}`)
    own.add(name)
  }
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!own.has(name)) link(join(root, 'node_modules', name), `node_modules/${name}`)
  }
}

/** Lints the whole workspace as a person would in a fresh clone; gives the messages of each file. */
function lint(workspace: string): Map<string, string[]> {
  const bin = join(root, 'node_modules/eslint/bin/eslint.js')
  // Nx tells the processes it runs where its workspace is; here that would be the wrong one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')))
  const options = { cwd: workspace, encoding: 'utf8', env } as const
  const { stdout, stderr } = spawnSync(process.execPath, [bin, '--format=json', '.'], options)
  if (!stdout.startsWith('[')) throw new Error(`ESLint gave no result: ${stdout}${stderr}`)
  const results: { filePath: string; messages: { message: string }[] }[] = JSON.parse(stdout)
  return new Map(results.map(({ filePath, messages }) => [filePath, messages.map(({ message }) => message)]))
}

describe('the fences', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'lastcall-fences-'))
  let messages: Map<string, string[]>

  beforeAll(() => {
    writeWorkspace(workspace)
    messages = lint(workspace)
  }, 300_000)
  afterAll(() => rmSync(workspace, { recursive: true, force: true }))

  it.each(byName(VIOLATIONS))('stop %s', (_name, one) => {
    expect(messages.get(join(workspace, fileOf(one)))).toContainEqual(expect.stringMatching(one[3] ?? /^$/))
  })

  it.each(byName(ARROWS))('let %s pass', (_name, one) => {
    expect(messages.get(join(workspace, fileOf(one)))).toEqual([])
  })

  it('name the packages of every framework that has an adapter', () => {
    const rows = FENCES.map(({ tag }) => tag)
    for (const path of globSync('packages/*/package.json', { cwd: root })) {
      const { nx } = JSON.parse(readFileSync(join(root, path), 'utf8'))
      expect(rows, path).toEqual(expect.arrayContaining(nx.tags))
    }
  })
})
