import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { dirname, join } from 'node:path'

/** What was measured, where and when. */
export interface Circumstances {
  readonly date: string
  readonly node: string
  /** The machine in general words, and how busy it was when the measurement began. */
  readonly machine: string
  readonly versions: Readonly<Record<string, string>>
}

/** Notes the circumstances of this moment, with the versions of the packages as installed. */
export function noteCircumstances(packages: readonly string[]): Circumstances {
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = Math.round(loadavg()[0] ?? 0)
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: `${process.platform}, ${process.arch}, ${availableParallelism()} processors, ${memory} GiB, load average ${load}`,
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  }
}

/** From the manifest above the package's entry: not every package lets its manifest be imported. */
function versionOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name))
  while (folder !== dirname(folder)) {
    const manifest = readManifest(folder)
    if (manifest?.name === name && manifest.version) return manifest.version
    folder = dirname(folder)
  }
  throw new Error(`bench: ${name} has no manifest: install the workspace again.`)
}

function readManifest(folder: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string }
  } catch {
    return undefined
  }
}
