import { describe, expect, it } from 'vitest'
import { type Block, createBlockRecorder } from './block-recorder.ts'

function setUp() {
  const ended: Block[] = []
  const captures: { signal: AbortSignal; found: (where: string | undefined) => void }[] = []
  const recorder = createBlockRecorder({
    reportMs: 1000,
    onEnd: (block) => void ended.push(block),
    capture: (signal) => new Promise((found) => void captures.push({ signal, found })),
  })
  return { recorder, ended, captures }
}

describe('createBlockRecorder', () => {
  it('looks for nothing and tells nothing below the threshold', () => {
    const { recorder, ended, captures } = setUp()
    expect(recorder.record(999, false)).toEqual({ blockedMs: 999 })
    recorder.record(0, false)
    expect(captures).toEqual([])
    expect(ended).toEqual([])
  })

  it('looks for the function once per block and adds it as soon as it is known', async () => {
    const { recorder, captures } = setUp()
    expect(recorder.record(1000, false)).toEqual({ blockedMs: 1000 })
    captures[0]?.found('parse (file.ts:10)')
    await undefined
    expect(recorder.record(1100, false)).toEqual({ blockedMs: 1100, where: 'parse (file.ts:10)' })
    expect(captures).toHaveLength(1)
  })

  it('tells of a block once, when it is over, and gives up the search', async () => {
    const { recorder, ended, captures } = setUp()
    recorder.record(1000, false)
    recorder.record(3200, false)
    captures[0]?.found('parse (file.ts:10)')
    await undefined
    expect(ended).toEqual([])
    recorder.record(0, false)
    recorder.record(0, false)
    expect(ended).toEqual([{ blockedMs: 3200, where: 'parse (file.ts:10)' }])
    expect(captures[0]?.signal.aborted).toBe(true)
  })

  it('does not carry the function of one block into the next', async () => {
    const { recorder, captures } = setUp()
    recorder.record(1000, false)
    recorder.record(0, false)
    recorder.record(1000, false)
    captures[0]?.found('parse (file.ts:10)')
    await undefined
    expect(recorder.record(1100, false).where).toBeUndefined()
  })

  it('never looks under a debugger, and tells of the block all the same', () => {
    const { recorder, ended, captures } = setUp()
    recorder.record(1000, true)
    recorder.record(0, true)
    expect(captures).toEqual([])
    expect(ended).toEqual([{ blockedMs: 1000 }])
  })
})
