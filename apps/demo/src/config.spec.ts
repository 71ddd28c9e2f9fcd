import { PRESETS } from '@lastcall/core'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveConfig } from './config.ts'

describe('resolveConfig', () => {
  it('has a default for everything', () => {
    expect(resolveConfig({})).toEqual({
      port: 3000,
      host: '0.0.0.0',
      probePort: 9000,
      livePort: 0,
      pageStop: 'local',
      databaseUrl: undefined,
      dataDir: join(import.meta.dirname, '..', '.data'),
      logLevel: 'warn',
      processingMs: 250,
      leaseMs: 10_000,
      platform: undefined,
      gracePeriodMs: undefined,
      lameDuckMs: undefined,
      lameDuckQuietMs: undefined,
    })
  })

  it('reads every variable', () => {
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      PROBE_PORT: 'off',
      LIVE_PORT: 'off',
      PAGE_STOP: 'always',
      DATABASE_URL: 'postgres://ada@db:5432/orders',
      DATA_DIR: '/var/lib/orders',
      LOG_LEVEL: 'info',
      PROCESSING_MS: '1',
      LEASE_MS: '2',
      PLATFORM: 'ingress-nginx',
      GRACE_PERIOD_MS: '3',
      LAME_DUCK_MS: '4',
      LAME_DUCK_QUIET_MS: '5',
    }
    expect(resolveConfig(env)).toEqual({
      port: 0,
      host: '127.0.0.1',
      probePort: undefined,
      livePort: undefined,
      pageStop: 'always',
      databaseUrl: 'postgres://ada@db:5432/orders',
      dataDir: '/var/lib/orders',
      logLevel: 'info',
      processingMs: 1,
      leaseMs: 2,
      platform: 'ingress-nginx',
      gracePeriodMs: 3,
      lameDuckMs: 4,
      lameDuckQuietMs: 5,
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(resolveConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' })).toEqual(resolveConfig({}))
  })

  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc". Set it to a whole number from 0 to 65535, or leave it unset.'],
    [{ PORT: '65536' }, 'PORT is "65536". Set it to a whole number from 0 to 65535, or leave it unset.'],
    [{ PORT: '-1' }, 'PORT is "-1". Set it to a whole number from 0 to 65535, or leave it unset.'],
    [{ PROBE_PORT: 'no' }, 'PROBE_PORT is "no". Set it to a whole number from 0 to 65535 or off, or leave it unset.'],
    [{ LIVE_PORT: 'on' }, 'LIVE_PORT is "on". Set it to a whole number from 0 to 65535 or off, or leave it unset.'],
    [{ PAGE_STOP: 'yes' }, 'PAGE_STOP is "yes". Set it to one of local, always, off, or leave it unset.'],
    [
      { GRACE_PERIOD_MS: '1e3' },
      'GRACE_PERIOD_MS is "1e3". Set it to a whole number from 0 to 86400000, or leave it unset.',
    ],
    [{ LAME_DUCK_MS: ' 5' }, 'LAME_DUCK_MS is " 5". Set it to a whole number from 0 to 86400000, or leave it unset.'],
    [{ PLATFORM: 'k8s' }, `PLATFORM is "k8s". Set it to one of ${Object.keys(PRESETS).join(', ')}, or leave it unset.`],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL is "loud". Set it to one of fatal, error, warn, info, debug, trace, silent, or leave it unset.',
    ],
  ])('refuses %o in one line that says what to set', (env, message) => {
    expect(() => resolveConfig(env)).toThrow(expect.objectContaining({ code: 'ORDERS_INVALID_CONFIG', message }))
  })

  it.each(['foo', 'mysql://ada:secret@db/orders', 'postgres//ada:secret@db'])(
    'refuses the database address %s without repeating it',
    (url) => {
      const message =
        'DATABASE_URL cannot be read. Set it to an address such as postgres://user:password@host:5432/orders, or leave it unset.'
      expect(() => resolveConfig({ DATABASE_URL: url })).toThrow(
        expect.objectContaining({ code: 'ORDERS_INVALID_CONFIG', message }),
      )
    },
  )
})
