// Checks the package of the current folder as it would be published: `npm run check:package`, after a build.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { packInto } from './pack.ts'
import { read, root } from './repository.ts'

const bin = `${root}node_modules/.bin/`
const folder = mkdtempSync(`${tmpdir()}/lastcall-package-`)
const failures: string[] = []

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(bin + command, args, { stdio: 'inherit' })
  if (status !== 0) failures.push(`${command} found something to mend`)
}

try {
  const { tarball, files } = packInto(folder, process.cwd())
  run('publint', 'run', tarball, '--strict')
  run('attw', tarball, '--profile', 'node16', '--no-emoji')

  const published = /^(package\.json|README\.md|LICENSE|dist\/.+|src\/.+\.ts|schema\/.+\.json)$/
  const unwanted = /\.spec\.ts$|\/fixtures\//
  const unexpected = files.filter((file) => !published.test(file) || unwanted.test(file))
  if (unexpected.length > 0) failures.push(`the tarball holds ${unexpected.join(', ')}: mend \`files\` in package.json`)
  for (const file of ['README.md', 'LICENSE']) if (!files.includes(file)) failures.push(`the tarball lacks ${file}`)

  if (readFileSync('LICENSE', 'utf8') !== read('LICENSE')) failures.push('LICENSE is not the one of the workspace')

  // Every condition of `exports` must be there, those too that no checker looks at.
  const exports = JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).exports)
  for (const [, target = ''] of exports.matchAll(/"\.\/([^"]+\.(?:ts|cts|js|cjs))"/g)) {
    if (!files.includes(target)) failures.push(`\`exports\` names ${target}, which the tarball lacks`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

for (const failure of failures) console.error(`check:package: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
