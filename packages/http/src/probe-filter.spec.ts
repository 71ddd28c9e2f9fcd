import { describe, expect, it } from 'vitest'
import { createProbeFilter } from './probe-filter.ts'

describe('createProbeFilter', () => {
  it('lets pass what may ask for a probe, and little else', () => {
    const mayAnswer = createProbeFilter({})
    for (const url of ['/livez', '/readyz?verbose', '/startupz/db']) expect(mayAnswer(url)).toBe(true)
    for (const url of ['/', '', undefined, '*', '/orders', '/live', '/LIVEZ', '/legal']) {
      expect(mayAnswer(url)).toBe(false)
    }
  })

  it('goes by the paths that the probes have been given', () => {
    const moved = createProbeFilter({ liveness: '/health', readiness: false })
    expect(['/health', '/readyz', '/livez', '/startupz'].map(moved)).toEqual([true, false, false, true])
    const atRoot = createProbeFilter({ liveness: '/', readiness: false, startup: false })
    expect(['/', '/?verbose', '/orders'].map(atRoot)).toEqual([true, true, true])
    expect(createProbeFilter(false)('/livez')).toBe(false)
  })
})
