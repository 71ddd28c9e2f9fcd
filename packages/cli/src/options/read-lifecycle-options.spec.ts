import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLifecycleOptions } from './read-lifecycle-options.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lastcall-options-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('readLifecycleOptions', () => {
  it.each([
    ['options.json', '{ "drainTimeoutMs": 5000 }'],
    ['named.mjs', 'export const lifecycleOptions = { drainTimeoutMs: 5000 }'],
    ['default.mjs', 'export default { drainTimeoutMs: 5000 }'],
  ])('reads %s', async (name, text) => {
    expect(await readLifecycleOptions('--config', write(name, text))).toEqual({ drainTimeoutMs: 5000 })
  })

  it.each([
    ['broken.json', '{', 'pass a file of JSON ('],
    ['list.json', '[]', 'pass a file of JSON, or a module that exports lifecycleOptions'],
    ['empty.mjs', '', 'pass a file of JSON, or a module that exports lifecycleOptions'],
    ['throws.mjs', "throw new Error('no database')", 'pass a module that can be imported (no database)'],
  ])('refuses %s', async (name, text, message) => {
    await expect(readLifecycleOptions('--config', write(name, text))).rejects.toThrow(message)
  })

  it('refuses a file that is not there', async () => {
    await expect(readLifecycleOptions('--config', join(folder, 'gone.json'))).rejects.toThrow(
      'pass the path of a file that can be read',
    )
  })
})
