import { spawnService } from '@lastcall/testing'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const samples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code as string)

describe('README', () => {
  it('has samples', () => expect(samples).toHaveLength(2))

  it.each(samples)('shows a service that gets ready, and exits 0 on SIGTERM: %#', async (code) => {
    await using service = await spawnService({
      args: ['--conditions=@lastcall/source', '--input-type=module', '--eval', code],
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    })

    service.signal('SIGTERM')

    expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
  })
})
