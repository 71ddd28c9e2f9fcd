import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleResult } from '../../test/example-result.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lastcall-budget-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function budget(...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1' }
  const command = ['--conditions=@lastcall/source', main, 'budget', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('lastcall budget', () => {
  it('reads options, a manifest and a drill, and ends with 0 when all holds', () => {
    const pod = '{ terminationGracePeriodSeconds: 40, containers: [{ name: orders }] }'
    const { status, stdout } = budget(
      ...['--config', write('options.mjs', 'export const lifecycleOptions = { gracePeriodMs: 40_000 }')],
      ...['--manifest', write('pod.yaml', `kind: Pod\nmetadata: { name: orders }\nspec: ${pod}\n`)],
      ...['--measured', write('result.json', JSON.stringify(exampleResult())), '--json'],
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      holds: true,
      facts: { gracePeriodMs: 40_000, toldGracePeriodMs: 40_000, requestMs: expect.any(Number) as number },
    })
  })

  it('ends with 1 when something does not hold', () => {
    const { status, stdout } = budget('--platform', 'gke-neg')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^FAILED kill: /)
  })

  it('prints what its document shows', () => {
    const { stdout } = budget('--platform', 'ingress-nginx', '--requests', '6s', '--keep-alive', '72s')
    const document = readFileSync(new URL('../../../../docs/budget.md', import.meta.url), 'utf8')
    expect(document).toContain(`\n${stdout.split('\n\nok ')[0]}\n`)
  })

  it('ends with 2 when it is used wrongly', () => {
    const { status, stderr } = budget('--measured', write('other.json', '{}'))
    expect(status).toBe(2)
    expect(stderr).toMatch(/^lastcall: Option --measured is '.+': pass what lastcall drill --json printed/)
  })
})
