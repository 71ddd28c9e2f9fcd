import { createFakeClock } from '@lastcall/core/testing'
import { describe, expect, it } from 'vitest'
import { createTestLifecycle } from '../test/service.ts'
import { createProbeResponder } from './probe-responder.ts'

const get = (url: string) => ({ method: 'GET', url, headers: {} })

describe('createProbeResponder', () => {
  it('answers probes with data, and nothing else', async () => {
    const lifecycle = createTestLifecycle()
    const respond = createProbeResponder(lifecycle)
    expect(respond(get('/readyz'))).toMatchObject({ status: 503 })
    await lifecycle.start()
    expect(respond(get('/readyz'))).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(respond({ ...get('/livez'), method: 'POST' })).toMatchObject({ status: 405 })
    expect(respond(get('/livezoo'))).toBeUndefined()
    expect(respond({ headers: {} })).toBeUndefined()
  })

  it('answers elsewhere, or not at all', () => {
    const lifecycle = createTestLifecycle()
    const moved = createProbeResponder(lifecycle, { liveness: '/health', readiness: false })
    expect(moved(get('/health'))).toMatchObject({ status: 200 })
    expect(moved(get('/startupz'))).toMatchObject({ status: 503 })
    expect([moved(get('/livez')), moved(get('/readyz'))]).toEqual([undefined, undefined])
    const atRoot = createProbeResponder(lifecycle, { liveness: '/' })
    expect(atRoot(get('/'))).toMatchObject({ status: 200 })
    expect(atRoot(get('/orders'))).toBeUndefined()
    expect(createProbeResponder(lifecycle, false)(get('/livez'))).toBeUndefined()
  })

  it('shows details to whom the lifecycle does, by its own clock', async () => {
    const clock = createFakeClock()
    const details = ({ headers }: { headers: Readonly<Record<string, unknown>> }) => headers.token === 'secret'
    const lifecycle = createTestLifecycle({ clock, details })
    lifecycle.check({
      name: 'db',
      probes: ['liveness'],
      intervalMs: 1000,
      run: () => ({ status: 'warn', output: 'slow' }),
    })
    const started = lifecycle.start()
    await clock.advance(0)
    await started
    const respond = createProbeResponder(lifecycle)
    expect(respond({ ...get('/livez?verbose'), headers: { token: 'secret' } })?.body).toContain('db warning: slow')
    expect(respond(get('/livez?verbose'))?.body).toContain('db warning: reason withheld')
  })

  it('takes no snapshot, and no headers, for what is no probe', () => {
    const lifecycle = createTestLifecycle()
    const respond = createProbeResponder({
      ...lifecycle,
      snapshot: () => {
        throw new Error('a snapshot')
      },
    })
    const request = {
      method: 'GET',
      url: '/orders',
      get headers(): never {
        throw new Error('headers')
      },
    }
    expect(respond(request)).toBeUndefined()
    expect(() => respond({ ...get('/livez') })).toThrow('a snapshot')
  })
})
