import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { startService } from '../test/fixtures/run-both.ts'
import { requestSlow } from '../test/fixtures/request-slow.ts'

const AS_PID_1 = ['unshare', '--pid', '--fork', '--mount-proc']
const canBePid1 = spawnSync('unshare', [...AS_PID_1.slice(1), 'true']).status === 0

const HOOKS = { beforeShutdown: 'ends', onSignal: 'ends', onShutdown: 'ends' } as const

describe('a service whose one import was changed', () => {
  it('finishes what is in flight on SIGTERM, runs its hooks in order and dies of the signal', async () => {
    await using service = await startService('@lastcall/terminus', { hooks: HOOKS, options: { timeout: 30_000 } })
    const { answer } = await requestSlow(service)

    service.signal('SIGTERM')
    await service.waitForLine(/^beforeShutdown$/)
    service.signal('SIGUSR2')

    expect(await answer).toMatchObject({ status: 200, body: 'app: /slow', headers: { connection: 'close' } })
    expect(await service.waitForExit({ timeoutMs: 30_000 })).toEqual({ code: null, signal: 'SIGTERM' })
    expect(service.stdout).toMatch(/slow ends\nonSignal\nonShutdown\n$/)
    expect(service.stderr).toBe('')
    expect(service.processes()).toEqual([])
  })

  describe.skipIf(!canBePid1)('as PID 1 (skipped where the kernel allows no PID namespace)', () => {
    // `unshare` lets SIGTERM and SIGINT pass by: the group reaches the service.
    it('ends with 128 + 15, where the real one is kept alive by the kernel', async () => {
      const fixture = { hooks: HOOKS, ownSignal: 'SIGINT' } as const
      await using theirs = await startService('@godaddy/terminus', fixture, AS_PID_1)
      theirs.signal('SIGTERM', 'group')
      await theirs.waitForLine(/^onShutdown$/)
      theirs.signal('SIGINT', 'group')
      await theirs.waitForLine(/^alive after SIGINT$/)

      await using ours = await startService('@lastcall/terminus', fixture, AS_PID_1)
      ours.signal('SIGTERM', 'group')
      expect(await ours.waitForExit({ timeoutMs: 30_000 })).toEqual({ code: 143, signal: null })
      expect(ours.stdout).toContain('onShutdown')
    })

    it('ends with 0 where useExit0 is set', async () => {
      const options = { useExit0: true }
      await using service = await startService('@lastcall/terminus', { options }, AS_PID_1)
      service.signal('SIGTERM', 'group')
      expect(await service.waitForExit({ timeoutMs: 30_000 })).toEqual({ code: 0, signal: null })
    })
  })
})
