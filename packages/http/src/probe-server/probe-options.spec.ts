import { describe, expect, it } from 'vitest'
import { resolveProbeOptions, type ServeProbesOptions } from './probe-options.ts'

describe('resolveProbeOptions', () => {
  it('has a default for everything', () => {
    expect(resolveProbeOptions({}, 'never')).toEqual({
      port: 9000,
      host: undefined,
      paths: {},
      details: 'never',
      blocked: { reportMs: 1000, readinessMs: 10_000, livenessMs: 30_000 },
    })
  })

  it('takes over what is given', () => {
    const options = {
      port: 0,
      host: '127.0.0.1',
      paths: { startup: false },
      blocked: { livenessMs: Infinity },
    } as const
    expect(resolveProbeOptions(options, 'never')).toMatchObject({
      ...options,
      blocked: { reportMs: 1000, readinessMs: 10_000, livenessMs: Infinity },
    })
  })

  it('shows details as the lifecycle does, unless it is told otherwise', () => {
    expect(resolveProbeOptions({}, 'always').details).toBe('always')
    expect(resolveProbeOptions({ details: 'never' }, 'always').details).toBe('never')
  })

  it('shows no details where the lifecycle asks a function, which cannot go to another thread', () => {
    expect(resolveProbeOptions({}, () => true).details).toBe('never')
  })

  it.each<[unknown, string]>([
    [{ port: 70_000 }, 'Option port of serveProbes is 70000: pass a whole number from 0 to 65535.'],
    [{ port: '9000' }, "Option port of serveProbes is '9000': pass a whole number from 0 to 65535."],
    [
      { paths: { liveness: 'livez' } },
      "Option paths of serveProbes is 'livez': pass paths that begin with '/', or false.",
    ],
    [{ details: 'some' }, "Option details of serveProbes is 'some': pass 'never' or 'always'."],
    [
      { blocked: { readinessMs: 10 } },
      'Option blocked.readinessMs of serveProbes is 10: pass milliseconds, 200 or more, or Infinity to turn it off.',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => resolveProbeOptions(options as ServeProbesOptions, 'never')).toThrow(
      expect.objectContaining({ code: 'LASTCALL_INVALID_OPTION', message }),
    )
  })
})
