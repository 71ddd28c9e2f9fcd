import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

function manifest(...args: string[]) {
  const command = ['--conditions=@lastcall/source', main, 'manifest', ...args]
  return spawnSync(process.execPath, command, { encoding: 'utf8' })
}

describe('lastcall manifest', () => {
  it('writes the manifest of Kubernetes where no target is named', () => {
    const { status, stdout } = manifest('--name', 'orders', '--image', 'registry.example.com/orders:1')
    expect(status).toBe(0)
    expect(stdout).toContain('kind: Deployment\nmetadata:\n  name: orders\n')
    expect(stdout).toContain('image: "registry.example.com/orders:1"\n')
  })

  it('ends with 2, and writes nothing, where the shutdown cannot fit', () => {
    const { status, stdout, stderr } = manifest('cloud-run', '--drain', '20s')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe('lastcall: The shutdown takes 32.5 s, and cloud-run is to give it 10: shorten a phase.\n')
  })
})
