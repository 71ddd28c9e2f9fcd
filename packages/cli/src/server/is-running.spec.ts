import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { isRunning } from './is-running.ts'

describe('isRunning', () => {
  it('tells a process that runs from one that was there', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    expect(isRunning(pid)).toBe(true)
    child.kill()
    await once(child, 'exit')
    expect(isRunning(pid)).toBe(false)
  })

  it.skipIf(process.platform !== 'linux')(
    'takes one that has ended for ended, whether it was noticed or not',
    async () => {
      // A shell that has started a process and does not wait for it.
      const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
      const [line] = (await once(parent.stdout, 'data')) as [Buffer]
      const pid = Number(line)
      await waitUntil(() => !isRunning(pid), { what: 'the end of the process' })
      expect(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout).toContain('Z')
      parent.kill()
    },
  )
})
