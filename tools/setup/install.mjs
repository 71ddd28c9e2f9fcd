// Runs before `npm start` and `npm test`: installs from the lock file when that has not been done.
// It may run on the system's Node before the pinned one is there, so it is written for Node 20.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Whether what npm says it has installed is what the lock file asks for; optional packages may be missing. */
function isInstalled() {
  const record = `${root}node_modules/.package-lock.json`
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (!path.includes('node_modules/')) return true
    return path in installed ? installed[path].version === version : optional === true
  })
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

if (!isInstalled()) {
  console.log('Installing the packages of the lock file ...')
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], options)
  if (status !== 0) fail('The install failed. Look at the lines above, then run `npm ci`.')
}

// npm puts node_modules/.bin first on the path of its scripts, so a Node pinned there is the one that runs them.
const pinned = existsSync(`${root}node_modules/.bin/node`)
const [major, minor] = process.versions.node.split('.').map(Number)
if (!pinned && (major < 22 || (major === 22 && minor < 18))) {
  fail(`Node ${process.versions.node} is too old and none is pinned for this system. Install Node 22.18 or newer.`)
}
