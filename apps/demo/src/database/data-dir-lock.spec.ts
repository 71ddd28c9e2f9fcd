import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEmptyDir } from '../../test/support/data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'

describe('lockDataDir', () => {
  it('refuses a second owner until the first gives the folder back', async () => {
    await using folder = await createEmptyDir()
    const unlock = lockDataDir(folder.path)
    expect(() => lockDataDir(folder.path)).toThrow(
      expect.objectContaining({
        code: 'ORDERS_DATABASE_IN_USE',
        message: `The data folder ${folder.path} is in use by process ${process.pid}. Stop that process, or set DATA_DIR to another folder.`,
      }),
    )
    unlock()
    lockDataDir(folder.path)()
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('refuses while another process lives that holds it', async () => {
    await using folder = await createEmptyDir()
    writeFileSync(join(folder.path, 'lock'), JSON.stringify({ pid: process.ppid, startedAt: 1 }))
    expect(() => lockDataDir(folder.path)).toThrow(`process ${process.ppid}`)
  })

  it('takes over from a process that is gone', async () => {
    await using folder = await createEmptyDir()
    const { pid } = spawnSync(process.execPath, ['--version'])
    writeFileSync(join(folder.path, 'lock'), JSON.stringify({ pid, startedAt: 1 }))
    const unlock = lockDataDir(folder.path)
    expect(() => lockDataDir(folder.path)).toThrow('in use')
    unlock()
  })

  it('takes over from an older process with the same id, as a restarted container has it', async () => {
    await using folder = await createEmptyDir()
    writeFileSync(join(folder.path, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 1 }))
    lockDataDir(folder.path)()
    expect(existsSync(join(folder.path, 'lock'))).toBe(false)
  })

  it('takes over a lock that cannot be read', async () => {
    await using folder = await createEmptyDir()
    writeFileSync(join(folder.path, 'lock'), '')
    lockDataDir(folder.path)()
  })
})
