// Runs before `npm start` and `npm test`: installs from the lock file when that has not been done.
// It may run on the system's Node before the pinned one is there, so it is written for Node 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stamp = `${root}node_modules/.installed-lock`
const lock = createHash('sha256').update(readFileSync(`${root}package-lock.json`)).digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing the packages of the lock file ...')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('The install failed. Look at the lines above, then run `npm ci`.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const pinned = existsSync(`${root}node_modules/.bin/node`)
const [major, minor] = process.versions.node.split('.').map(Number)
if (!pinned && (major < 22 || (major === 22 && minor < 18))) {
  console.error(`Node ${process.versions.node} is too old and no pinned Node exists for this system. Install Node 22.18 or newer.`)
  process.exit(1)
}
