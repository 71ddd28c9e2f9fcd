import { PRESETS } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { type ProfileName, PROFILES, resolveProfile } from './profiles.ts'

describe('PROFILES', () => {
  it.each([
    ['kubernetes', 30_000, 'SIGTERM', 'leader', 2000],
    ['ecs', 30_000, 'SIGTERM', 'leader', 0],
    ['cloud-run', 10_000, 'SIGTERM', 'leader', 0],
    ['docker', 10_000, 'SIGTERM', 'leader', 0],
    ['systemd', 90_000, 'SIGTERM', 'group', 0],
    ['nomad', 5000, 'SIGINT', 'leader', 0],
    ['pm2', 1600, 'SIGINT', 'group', 0],
  ] as const)('has %s', (name, gracePeriodMs, stopSignal, signalTarget, minimumGraceMs) => {
    expect(PROFILES[name]).toMatchObject({ name, gracePeriodMs, stopSignal, signalTarget, minimumGraceMs })
    expect(PROFILES[name].propagationMs).toBe(PRESETS[name].propagationMs)
  })

  it('falls back to terminating endpoints in Kubernetes alone, and ends routing first where that is promised', () => {
    const those = (field: 'lastEndpointFallback' | 'removesEndpointsFirst') =>
      Object.values(PROFILES).flatMap((profile) => (profile[field] ? profile.name : []))
    expect(those('lastEndpointFallback')).toEqual(['kubernetes'])
    expect(those('removesEndpointsFirst')).toEqual(['ecs', 'cloud-run'])
  })
})

describe('resolveProfile', () => {
  it('gives each under its name', () => {
    for (const name of Object.keys(PROFILES)) expect(resolveProfile(name)).toBe(PROFILES[name as ProfileName])
  })

  it.each(['eks', 'toString', ''])('refuses %o', (name) => {
    expect(() => resolveProfile(name)).toThrow(
      `Option profile is '${name}': pass one of kubernetes, ecs, cloud-run, docker, systemd, nomad, pm2.`,
    )
  })
})
