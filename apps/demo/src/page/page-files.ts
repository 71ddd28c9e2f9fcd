import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'

/** One file of the page. */
export interface PageFile {
  readonly type: string
  readonly body: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The files of the page by their name, in memory: the last requests of a drain need no disk. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(import.meta.dirname, 'browser')
  const files = readdirSync(folder).map((name) => [name, readPageFile(join(folder, name))] as const)
  // The browser gets the ES module, which Node cannot resolve to: its package is found by what it gives to Node.
  const htm = join(dirname(createRequire(import.meta.url).resolve('htm')), '..')
  return new Map([...files, ['htm.js', readPageFile(join(htm, 'preact', 'standalone.module.js'))]])
}

function readPageFile(path: string): PageFile {
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', body: readFileSync(path, 'utf8') }
}
