import { describe, expect, it } from 'vitest'
import { inLanes } from './in-lanes.ts'

describe('inLanes', () => {
  it('takes every item once, in order, and never more than the lanes at a time', async () => {
    const begun: number[] = []
    let running = 0
    let most = 0
    await inLanes(2, [1, 2, 3, 4, 5], async (item) => {
      begun.push(item)
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    })
    expect(begun).toEqual([1, 2, 3, 4, 5])
    expect(most).toBe(2)
  })

  it('rejects with the first failure, when no work is left running', async () => {
    const ended: number[] = []
    const work = inLanes(2, [1, 2, 3], async (item) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (item === 1) throw new Error('one')
      ended.push(item)
    })
    await expect(work).rejects.toThrow('one')
    expect(ended).toEqual([2, 3])
  })
})
