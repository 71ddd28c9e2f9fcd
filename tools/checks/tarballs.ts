// Installs every package from its tarball in a project of its own and uses it as a user would: type checked with
// each supported TypeScript and module resolution, compiled, then run by `import` and by `require`.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { packInto } from './pack.ts'
import { root } from './repository.ts'

const project = mkdtempSync(join(tmpdir(), 'lastcall-consumer-'))
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const versionOf = (name: string): string => readJson(join(root, 'node_modules', name, 'package.json')).version

/** Runs a program in the project; what it printed says enough when it fails. */
function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: project, stdio: 'inherit', timeout: 300_000 })
  if (status !== 0) throw new Error(`tarballs: ${[basename(command), ...args].join(' ')} ended with ${status}`)
}

const manifests = globSync('packages/*/package.json', { cwd: root })
  .sort()
  .map((path) => ({ folder: join(root, dirname(path)), ...readJson(join(root, path)) }))

function install(): void {
  const dependencies: Record<string, string> = { '@types/node': versionOf('@types/node') }
  for (const { folder, name, peerDependencies = {} } of manifests) {
    dependencies[name] = `file:${packInto(project, folder).tarball}`
    for (const peer of Object.keys(peerDependencies)) {
      dependencies[peer] ??= versionOf(peer)
      // What ships no types of its own is used with those that the workspace has.
      const types = `@types/${peer}`
      if (existsSync(join(root, 'node_modules', types))) dependencies[types] ??= versionOf(types)
    }
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, dependencies }))
  run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error')

  for (const { name, version } of manifests) {
    const copies = globSync(`node_modules/**/${name}/package.json`, { cwd: project })
    if (copies.length !== 1 || readJson(join(project, copies[0] ?? '')).version !== version) {
      throw new Error(`${name} is installed ${copies.length} times: ${copies.join(', ')}`)
    }
  }
}

/** Compiles in the project. Errors in the types of other packages are not ours to mend. */
function runCompiler(tsc: string, ...args: string[]): void {
  const options = { cwd: project, encoding: 'utf8', timeout: 300_000 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...args], options)
  const errors = stdout.split('\n').filter((line) => /\berror TS\d+: /.test(line))
  const ours = errors.filter((line) => !line.startsWith('node_modules/') || line.startsWith('node_modules/@lastcall/'))
  const hasCrashed = status !== 0 && errors.length === 0
  if (ours.length > 0 || hasCrashed) throw new Error(`tarballs: tsc ${args.join(' ')}\n${ours.join('\n')}${stderr}`)
}

function compile(): void {
  const entries = manifests.flatMap(({ name, exports }) =>
    Object.keys(exports).flatMap((key) => (key.endsWith('.json') ? [] : [name + key.slice(1)])),
  )
  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'\nvoid entry${index}\n`)
  for (const extension of ['mts', 'cts']) {
    writeFileSync(join(project, `entries.${extension}`), imports.join(''))
    cpSync(join(root, 'tools/checks/consumer/whole-life.ts'), join(project, `whole-life.${extension}`))
  }
  const common = ['--strict', '--target', 'es2023', '--types', 'node', '--rootDir', '.', '--outDir', 'out']
  for (const typescript of ['typescript', 'typescript-7']) {
    const tsc = join(root, 'node_modules', typescript, 'bin/tsc')
    runCompiler(tsc, ...common, '--module', 'esnext', '--moduleResolution', 'bundler', 'entries.mts', 'whole-life.mts')
    // Not node16, which lets no CommonJS require what is an ES module alone, as Nest 12 is: Node can.
    runCompiler(tsc, ...common, '--module', 'nodenext', ...globSync('*.{mts,cts}', { cwd: project }))
  }
}

try {
  install()
  compile()
  for (const program of ['whole-life.mjs', 'whole-life.cjs']) run(process.execPath, join('out', program))
  console.log('tarballs: install, types, import and require are right')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(project, { recursive: true, force: true })
}
