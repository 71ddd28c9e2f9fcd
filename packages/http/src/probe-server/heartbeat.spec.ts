import { describe, expect, it } from 'vitest'
import { createHeartbeat, threadTime } from './heartbeat.ts'

describe('createHeartbeat', () => {
  it('shows in one thread what another wrote', () => {
    const written = createHeartbeat()
    const read = createHeartbeat(written.memory)
    written.write({ at: 1_800_000_000_123.9, clockAt: 42.5, debugged: true })
    expect(read.read()).toEqual({ at: 1_800_000_000_123, clockAt: 42, debugged: true })
    written.write({ at: 1_800_000_000_223, clockAt: 142, debugged: false })
    expect(read.read()).toEqual({ at: 1_800_000_000_223, clockAt: 142, debugged: false })
  })
})

describe('threadTime', () => {
  it('never goes back and is on the scale of the epoch', () => {
    const before = threadTime()
    expect(threadTime()).toBeGreaterThanOrEqual(before)
    expect(new Date(before).getUTCFullYear()).toBe(new Date().getUTCFullYear())
  })
})
