/** What of a `package.json` the check looks at. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly bin?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * All packages have one version and name each other by exactly it. A published package is a peer of the core:
 * the user makes the lifecycle, and two copies of the core would not know each other's. A tool, which has a `bin`, is
 * run by itself: it brings what it needs.
 */
export function peerCore(manifests: readonly Manifest[]): string[] {
  const version = manifests.find(({ name }) => name === '@lastcall/core')?.version
  return manifests.flatMap((manifest) => {
    const { name, dependencies = {}, peerDependencies = {}, devDependencies = {} } = manifest
    const problems = manifest.version === version ? [] : [`${name} is ${manifest.version}, the core is ${version}`]
    for (const [other, range] of Object.entries({ ...devDependencies, ...peerDependencies, ...dependencies })) {
      if (other.startsWith('@lastcall/') && range !== version)
        problems.push(`${name} wants ${other} ${range}, not ${version}`)
    }
    const published = manifest.private !== true && manifest.bin === undefined && name !== '@lastcall/core'
    if (published && !('@lastcall/core' in peerDependencies)) problems.push(`${name} is not a peer of @lastcall/core`)
    if (published && '@lastcall/core' in dependencies) problems.push(`${name} brings a copy of @lastcall/core`)
    return problems
  })
}
