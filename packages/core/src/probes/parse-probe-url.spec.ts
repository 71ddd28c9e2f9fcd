import { describe, expect, it } from 'vitest'
import type { ProbePaths } from './probe.ts'
import { parseProbeUrl } from './parse-probe-url.ts'

describe('parseProbeUrl', () => {
  it.each([
    ['/livez', 'liveness'],
    ['/readyz', 'readiness'],
    ['/startupz', 'startup'],
    ['/readyz/', 'readiness'],
    ['/readyz?', 'readiness'],
  ])('takes %s for the probe %s', (url, kind) => {
    expect(parseProbeUrl(url)).toEqual({ kind, verbose: false, exclude: [] })
  })

  it.each(['/', '', '/readyzz', '/ready', '/api/readyz', '/READYZ', '/orders?next=/readyz', '*'])(
    'takes %o for no probe',
    (url) => {
      expect(parseProbeUrl(url)).toBeUndefined()
    },
  )

  it.each([
    ['/readyz/db', 'db'],
    ['/readyz/db?verbose', 'db'],
    ['/readyz/order%20queue', 'order queue'],
    ['/readyz/pg%2Fmain', 'pg/main'],
    ['/readyz/pg/main', 'pg/main'],
    ['/readyz/100%', '100%'],
  ])('reads the one check that %s asks for', (url, check) => {
    expect(parseProbeUrl(url)?.check).toBe(check)
  })

  it.each(['/readyz?verbose', '/readyz?verbose=', '/readyz?verbose=1', '/readyz?a=b&verbose'])(
    'reads from %s that every check is to be shown',
    (url) => {
      expect(parseProbeUrl(url)?.verbose).toBe(true)
    },
  )

  it.each([
    ['/readyz?exclude=db', ['db']],
    ['/readyz?exclude=db&exclude=cache', ['db', 'cache']],
    ['/readyz?exclude=db&exclude=db', ['db']],
    ['/readyz?exclude=order%20queue&exclude=a+b', ['order queue', 'a b']],
    ['/readyz?exclude', ['']],
  ])('reads what %s excludes, each once', (url, exclude) => {
    expect(parseProbeUrl(url)?.exclude).toEqual(exclude)
  })

  describe('with other paths', () => {
    const kindOf = (url: string, paths: ProbePaths) => parseProbeUrl(url, paths)?.kind

    it('answers where it is told to, and no more where it did', () => {
      expect(kindOf('/health/ready', { readiness: '/health/ready' })).toBe('readiness')
      expect(kindOf('/readyz', { readiness: '/health/ready' })).toBeUndefined()
      expect(kindOf('/livez', { readiness: '/health/ready' })).toBe('liveness')
    })

    it('does not answer for a probe that is turned off', () => {
      expect(kindOf('/startupz', { startup: false })).toBeUndefined()
    })

    it.each([
      { liveness: '/health', readiness: '/health/ready', startup: '/health/ready/first' },
      { liveness: '/health/ready/first', readiness: '/health', startup: '/health/ready' },
    ])('tells a path from one that it begins with: %o', (paths) => {
      for (const [kind, url] of Object.entries(paths)) {
        expect(kindOf(url, paths)).toBe(kind)
        expect(parseProbeUrl(`${url}/db`, paths)).toMatchObject({ kind, check: 'db' })
      }
    })
  })
})
