import { spawnService } from '@lastcall/testing'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const fixture = fileURLToPath(new URL('../test/fixtures/service.ts', import.meta.url))

describe('a service that adopts lastcall', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what is in flight on %s and exits 0', async (signal) => {
    await using service = await spawnService({ args: ['--conditions=@lastcall/source', fixture] })
    const slow = fetch(`${service.url}/slow`)
    await service.waitForLine(/slow begins/)

    service.signal(signal)

    const answer = await slow
    expect(answer.headers.get('connection')).toBe('close')
    expect(await answer.text()).toBe('done')
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
    expect(service.stdout).toMatch(new RegExp(`orders stopped in .* on ${signal}.*clean, exit 0`))
    expect(service.stderr).toBe('')
    expect(service.processes()).toEqual([])
  })
})
