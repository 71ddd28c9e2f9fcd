import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flushChanges, FsTree } from 'nx/src/generators/tree.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../checks/repository.ts'
import { generateAdapter } from './generate-adapter.js'

/** What of the workspace a package is made of and stands on. */
const PARTS = [
  ...['LICENSE', '.prettierrc.json', 'nx.json', 'package.json', 'tsconfig.base.json'],
  ...['packages/core/package.json', 'tools/presets', 'tools/lint/fences.js'],
]

const workspace = mkdtempSync(join(tmpdir(), 'lastcall-generator-'))
const folder = join(workspace, 'packages/polka')

async function generate(name: string): Promise<void> {
  const tree = new FsTree(workspace, false)
  await generateAdapter(tree, { name })
  flushChanges(workspace, tree.listChanges())
}

/** Runs a program of the workspace in the new package; what it printed is what a failure shows. */
function run(program: string, ...args: string[]) {
  const script = join(root, 'node_modules', program)
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  return stdout + stderr
}

describe('generateAdapter', () => {
  beforeAll(async () => {
    for (const part of PARTS) cpSync(join(root, part), join(workspace, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'))
    await generate('polka')
  })
  afterAll(() => rmSync(workspace, { recursive: true, force: true }))

  it('writes a package that passes the adapter contract as it is', () => {
    const output = run('vitest/vitest.mjs', 'run', '--no-color')
    expect(output).toMatch(/Test Files +3 passed/)
    expect(output).not.toMatch(/failed/)
  })

  it('writes it in the house style, typed', () => {
    run('typescript-7/bin/tsc', '-p', '.')
    run('prettier/bin/prettier.cjs', '--check', '.')
  })

  it('gives it a row among the fences', () => {
    const fences = readFileSync(join(workspace, 'tools/lint/fences.js'), 'utf8')
    expect(fences).toContain("  { tag: 'framework:polka', packages: ['polka'] },\n")
  })

  it.each([
    ['a folder that is taken', 'polka', 'is there already'],
    ['a name that npm would not take', 'Polka Dot', "The name 'Polka Dot'"],
  ])('refuses %s', async (_what, name, message) => {
    await expect(generate(name)).rejects.toThrow(message)
  })
})

describe('nx g adapter', () => {
  it('finds the generator by its name alone', () => {
    const nx = join(root, 'node_modules/nx/dist/bin/nx.js')
    const args = [nx, 'g', 'adapter', 'polka', '--dry-run']
    const env = { ...process.env, NO_COLOR: '1' }
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env })
    expect(status, stdout + stderr).toBe(0)
    expect(stdout).toContain('CREATE packages/polka/src/contract.spec.ts')
  })
})
