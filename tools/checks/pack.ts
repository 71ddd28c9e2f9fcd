import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A tarball as the registry would get it. */
export interface Packed {
  readonly name: string
  readonly version: string
  /** Where the tarball lies. */
  readonly tarball: string
  /** The paths it holds, relative to the package. */
  readonly files: readonly string[]
}

/** Packs the package in `packageFolder` into `folder`; throws when npm cannot. */
export function packInto(folder: string, packageFolder: string): Packed {
  const output = execFileSync('npm', ['pack', '--json', '--loglevel=error', `--pack-destination=${folder}`], {
    cwd: packageFolder,
    encoding: 'utf8',
  })
  const [packed] = Object.values(JSON.parse(output)) as [
    { name: string; version: string; filename: string; files: { path: string }[] },
  ]
  const { name, version, filename, files } = packed
  return { name, version, tarball: join(folder, filename), files: files.map(({ path }) => path) }
}
