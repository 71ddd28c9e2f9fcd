import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { createMark, endMarked, findMarked, MARK_VARIABLE, markOf } from './marked-processes.ts'

// Elsewhere the environment of a process is not to be seen.
describe.skipIf(process.platform !== 'linux')('findMarked and endMarked', () => {
  it('find and end what inherited the mark, also from another group, and nothing else', async () => {
    const [mark, other] = [createMark(), createMark()]
    const start = (value: string) =>
      spawn('sh', ['-c', 'sleep 60 & setsid sleep 60 & wait'], { env: { ...process.env, [MARK_VARIABLE]: value } })
    const [child, stranger] = [start(mark), start(other)]
    // A process that is about to become another program has no environment for a moment: only then all three stay.
    const sleepers = () => findMarked(markOf(process.pid)).filter(({ command }) => command === 'sleep 60')
    await waitUntil(() => sleepers().length === 4)
    expect(findMarked(mark)).toHaveLength(3)
    expect(findMarked(markOf(process.pid))).toHaveLength(6)
    endMarked(mark)
    await once(child, 'exit')
    await waitUntil(() => findMarked(mark).length === 0)
    expect(findMarked(other)).toHaveLength(3)
    endMarked(other)
    await once(stranger, 'exit')
  })
})
