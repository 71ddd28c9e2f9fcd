import { fileURLToPath } from 'node:url'
import { type ServiceOptions, spawnService } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { get } from '../test/fixtures/get.ts'
import { PLATFORMS } from '../test/fixtures/platforms.ts'

const FIXTURE = fileURLToPath(new URL('../test/fixtures/one-line.ts', import.meta.url))

const spawn = (env: Record<string, string>, options: Partial<ServiceOptions> = {}) =>
  spawnService({ args: ['--conditions=@lastcall/source', FIXTURE], env, ...options })

describe.each(PLATFORMS.map(([name]) => name))('a service that adopts lastcall with one line, on %s', (PLATFORM) => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is in flight on %s, with its pool open, closes Nest and exits 0',
    async (signal) => {
      await using service = await spawn({ PLATFORM })
      const slow = get(`${service.url}/slow`)
      await service.waitForLine(/slow begins/, { timeoutMs: 30_000 })

      service.signal(signal)

      expect(await slow).toMatchObject({ status: 200, body: 'pool is open: true', headers: { connection: 'close' } })
      expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
      expect(service.stdout).toContain('pool closes, open: true')
      expect(service.stdout).toMatch(new RegExp(`service stopped in .* on ${signal}.*clean, exit 0`))
      expect(service.processes()).toEqual([])
    },
  )

  it('opens its pool to the end when a signal comes meanwhile, closes it once, and exits 0', async () => {
    await using service = await spawn({ PLATFORM, TROUBLE: 'slowInit' }, { ready: false })
    await service.waitForLine(/pool opens/, { timeoutMs: 30_000 })

    service.signal('SIGTERM')

    expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
    const lines = service.stdout.split('\n').filter((line) => line.startsWith('pool'))
    expect(lines).toEqual(['pool opens', 'pool is open', 'pool closes, open: true'])
    expect(service.stderr).toBe('')
  })

  it('says why it cannot start, closes Nest and exits 1', async () => {
    const failure = spawn({ PLATFORM, TROUBLE: 'failingStart' })
    await expect(failure).rejects.toThrow(/ended with code 1 before[^]*no route to db/)
    await expect(failure).rejects.toThrow(/pool closes, open: true/)
  })
})
