import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { docker } from './docker.ts'

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const ENV = `HOME=/root PATH=/usr/local/bin:/usr/bin:/bin NODE_EXTRA_CA_CERTS=${CERTIFICATES}`

/**
 * What `docker build` needs to find its base images: nothing where the engine can pull them; where it cannot, two that
 * are made from files of this machine.
 */
export async function provideBaseImages(): Promise<readonly string[]> {
  try {
    await docker('pull', '--quiet', 'node:24.21.0-bookworm-slim')
    return []
  } catch {
    await importImage('lastcall-test-runtime', addRuntime)
    await importImage('lastcall-test-node', (root) => {
      addRuntime(root)
      addBuildTools(root)
    })
    return ['NODE_IMAGE=lastcall-test-node', 'RUNTIME_IMAGE=lastcall-test-runtime'].flatMap((one) => [
      '--build-arg',
      one,
    ])
  }
}

async function importImage(name: string, fill: (root: string) => void): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'lastcall-image-'))
  try {
    for (const folder of ['tmp', 'etc', 'root', 'usr/local/bin', 'usr/local/lib/node_modules']) {
      mkdirSync(join(root, folder), { recursive: true })
    }
    fill(root)
    execFileSync('tar', ['-C', root, '-cf', `${root}.tar`, '.'])
    await docker('import', '--change', `ENV ${ENV}`, `${root}.tar`, name)
  } finally {
    rmSync(root, { recursive: true, force: true })
    rmSync(`${root}.tar`, { force: true })
  }
}

/** The libraries that Node needs. */
function addRuntime(root: string): void {
  addLibraries(root, process.execPath)
}

/** Node, npm, a shell, and what both need to reach a registry. */
function addBuildTools(root: string): void {
  copyFileSync(process.execPath, join(root, 'usr/local/bin/node'))
  for (const program of ['/bin/sh', '/bin/mkdir', '/usr/bin/env']) {
    add(root, program)
    addLibraries(root, program)
  }
  // What is loaded only later: by name look-ups, and by add-ons that the build uses.
  for (const library of ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2', 'librt.so.1']) {
    const libc = execFileSync('ldd', ['/bin/sh'], { encoding: 'utf8' })
    add(root, join(/(\/\S+)\/libc\.so/.exec(libc)?.[1] ?? '', library))
  }
  add(root, CERTIFICATES)
  const npm = dirname(dirname(realpathSync(execFileSync('which', ['npm'], { encoding: 'utf8' }).trim())))
  cpSync(npm, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true, dereference: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'))
}

function addLibraries(root: string, program: string): void {
  const lines = execFileSync('ldd', [program], { encoding: 'utf8' })
  for (const [path] of lines.matchAll(/\/\S+/g)) add(root, path)
}

function add(root: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  copyFileSync(path, join(root, path))
}
