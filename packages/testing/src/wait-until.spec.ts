import { isLastcallError } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { waitUntil } from './wait-until.ts'

describe('waitUntil', () => {
  it('gives the first value that is neither false nor undefined', async () => {
    const values = [undefined, false, 0, 7]
    expect(await waitUntil(() => values.shift())).toBe(0)
    expect(await waitUntil(async () => values.shift())).toBe(7)
  })

  it('rejects with LASTCALL_TIMEOUT, and says what it waited for', async () => {
    let looks = 0
    const late = waitUntil(() => looks++ < 0, { timeoutMs: 30, what: () => `rain after ${looks} looks` })
    const error = await late.catch((error: unknown) => error)
    expect(isLastcallError(error) && error.code).toBe('LASTCALL_TIMEOUT')
    expect(String(error)).toMatch(/no sign of rain after \d+ looks within 30 ms/)
    expect(looks).toBeGreaterThan(1)
  })

  it('passes on what the condition throws', async () => {
    const condition = (): boolean => {
      throw new Error('broken')
    }
    await expect(waitUntil(condition)).rejects.toThrow('broken')
  })
})
