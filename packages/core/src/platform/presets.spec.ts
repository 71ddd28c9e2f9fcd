import { describe, expect, it } from 'vitest'
import { type PlatformPreset, PRESETS } from './presets.ts'

const presets = Object.entries<PlatformPreset>(PRESETS)

describe('PRESETS', () => {
  it.each(presets)('has times for %s that can be', (_, { gracePeriodMs, propagationMs, idleTimeoutMs = 1 }) => {
    expect(gracePeriodMs).toBeGreaterThan(0)
    expect(propagationMs).toBeGreaterThanOrEqual(0)
    expect(idleTimeoutMs).toBeGreaterThan(0)
  })

  it('waits for no routing where nothing routes to a process that was told to stop', () => {
    const withoutLameDuck = presets.filter(([, { propagationMs }]) => propagationMs === 0).map(([name]) => name)
    expect(withoutLameDuck.toSorted()).toEqual(
      ['local', 'cloud-run', 'docker', 'systemd', 'nomad', 'pm2', 'heroku', 'render', 'fly'].toSorted(),
    )
  })
})
