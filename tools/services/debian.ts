import { execFileSync, type ExecFileSyncOptions } from 'node:child_process'
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'

/** Whether packages may be installed: by root on Debian, in CI, whose machines are thrown away. */
const mayInstall = process.getuid?.() === 0 && process.env.CI === 'true' && existsSync('/usr/bin/apt-get')

/** Installs the packages that are not there, where that may be done, and starts none of the servers in them. */
export function installMissing(isThere: Readonly<Record<string, () => boolean>>): void {
  const names = Object.keys(isThere).filter((name) => !isThere[name]?.())
  if (!mayInstall || names.length === 0) return
  const policy = '/usr/sbin/policy-rc.d'
  const hadPolicy = existsSync(policy)
  try {
    if (!hadPolicy) {
      // Debian would start a server on the default port.
      writeFileSync(policy, '#!/bin/sh\nexit 101\n')
      chmodSync(policy, 0o755)
    }
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], env }
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options)
  } finally {
    if (!hadPolicy) rmSync(policy, { force: true })
  }
}
