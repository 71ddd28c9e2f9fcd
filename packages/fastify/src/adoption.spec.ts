import { fileURLToPath } from 'node:url'
import { spawnService } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { createClient } from '../test/fixtures/create-client.ts'

const spawn = (fixture: string) =>
  spawnService({
    args: ['--conditions=@lastcall/source', fileURLToPath(new URL(`../test/fixtures/${fixture}`, import.meta.url))],
  })

describe('a service that adopts lastcall with one line', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is in flight on %s, closes Fastify and exits 0',
    async (signal) => {
      await using service = await spawn('one-line.ts')
      const slow = createClient().get(`${service.url}/slow`)
      await service.waitForLine(/slow begins/)

      service.signal(signal)

      expect(await slow).toMatchObject({ status: 200, body: 'done', headers: { connection: 'close' } })
      expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
      expect(service.stdout).toContain('onClose runs')
      expect(service.stdout).toMatch(new RegExp(`service stopped in .* on ${signal}.*clean, exit 0`))
      expect(service.processes()).toEqual([])
    },
  )

  it('says why it cannot start, closes Fastify and exits 1', async () => {
    const failure = spawn('failing-start.ts')
    await expect(failure).rejects.toThrow(/ended with code 1 before[^]*no route to db/)
    await expect(failure).rejects.toThrow(/onClose runs/)
  })
})
