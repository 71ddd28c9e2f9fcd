import { describe, expect, it } from 'vitest'
import type { CheckSnapshot, ProbeSnapshot } from './snapshot.ts'
import { answerProbe, type AnswerOptions } from './answer-probe.ts'
import type { ProbeRequest } from './probe.ts'

const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/health+json'

const check = (name: string, rest: Partial<CheckSnapshot> = {}): CheckSnapshot => ({
  ...{ name, probes: ['readiness'], critical: true, status: 'pass' },
  ...rest,
})

const db = check('db', { status: 'fail', output: 'password of orders refused', data: { pool: 9 } })
const cache = check('cache')

const running = (...checks: CheckSnapshot[]): ProbeSnapshot => ({
  ...{ service: 'orders', state: 'running', readinessWhileDraining: 'fail', checks },
})

const get = (url: string, accept?: string, method = 'GET'): ProbeRequest => ({ method, url, headers: { accept } })

const ask = (snapshot: ProbeSnapshot, request: ProbeRequest, options: Partial<AnswerOptions> = {}) =>
  answerProbe(snapshot, request, { now: 1000, ...options })

describe('answerProbe', () => {
  it('has no answer to what is no probe', () => {
    expect(ask(running(), get('/orders/7'))).toBeUndefined()
    expect(ask(running(), get('/orders/7', undefined, 'POST'))).toBeUndefined()
  })

  it('answers at other paths too', () => {
    const paths = { readiness: '/health/ready', startup: false } as const
    expect(ask(running(), get('/health/ready'), { paths })?.status).toBe(200)
    expect(ask(running(), get('/startupz'), { paths })).toBeUndefined()
  })

  it.each([
    ['pass', running(cache), 200],
    ['warn', running(check('db', { status: 'warn' })), 200],
    ['fail', running(db), 503],
    ['a failure that is not critical', running({ ...db, critical: false }), 200],
    ['a result that is too old', running(check('db', { staleAt: 1000 })), 503],
    ['draining', { ...running(cache), state: 'draining' } as const, 503],
  ])('answers to %s with its status', (_, snapshot, status) => {
    expect(ask(snapshot, get('/readyz'))?.status).toBe(status)
  })

  it.each([
    ['/readyz', undefined],
    ['/readyz', 'text/plain'],
    ['/readyz/db', undefined],
    ['/readyz/gone', undefined],
  ])('forbids to store or to guess at the answer to %s (%s)', (url, accept) => {
    expect(ask(running(db), get(url, accept))?.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  describe('method', () => {
    it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('refuses %s and says what to use', (method) => {
      expect(ask(running(), get('/readyz', undefined, method))).toMatchObject({
        status: 405,
        headers: { allow: 'GET, HEAD', 'content-type': TEXT },
        body: 'method not allowed: use GET or HEAD\n',
      })
    })

    it.each([
      ['/readyz', undefined],
      ['/readyz?verbose', undefined],
      ['/readyz/gone', undefined],
      ['/readyz', 'text/plain'],
    ])('answers HEAD %s (%s) as GET, without the body', (url, accept) => {
      const answer = ask(running(db), get(url, accept))
      expect(answer?.body).not.toBe('')
      expect(ask(running(db), get(url, accept, 'HEAD'))).toEqual({ ...answer, body: '' })
    })
  })

  describe('form', () => {
    it.each<[string, string | undefined, string]>([
      ['/readyz', undefined, JSON_TYPE],
      ['/readyz', '*/*', JSON_TYPE],
      ['/readyz', 'text/html,application/xhtml+xml,*/*;q=0.8', JSON_TYPE],
      ['/readyz', 'application/health+json', JSON_TYPE],
      ['/readyz', 'text/plain', TEXT],
      ['/readyz', 'text/plain, application/json;q=0.5', JSON_TYPE],
      ['/readyz?verbose', undefined, TEXT],
      ['/readyz?verbose', '*/*', TEXT],
      ['/readyz?verbose', 'application/json', JSON_TYPE],
    ])('answers %s (%s) as %s', (url, accept, type) => {
      expect(ask(running(cache), get(url, accept))?.headers['content-type']).toBe(type)
    })

    it('reads a header that came as a list', () => {
      const request = { method: 'GET', url: '/readyz', headers: { accept: ['text/html', 'text/plain'] } }
      expect(ask(running(cache), request)?.headers['content-type']).toBe(TEXT)
    })

    it('says one word in text when all is well', () => {
      expect(ask(running(cache), get('/readyz', 'text/plain'))?.body).toBe('ok')
    })

    it.each(['/readyz', '/readyz?verbose'])('shows every check in text when not: %s', (url) => {
      expect(ask(running(db, cache), get(url, 'text/plain'))?.body).toBe(
        '[+]lifecycle ok\n[-]db failed: reason withheld\n[+]cache ok\nreadyz check failed\n',
      )
    })

    it('shows every check in text when one warns, though the probe is green', () => {
      const answer = ask(running({ ...db, critical: false }), get('/readyz', 'text/plain'))
      expect(answer).toMatchObject({
        status: 200,
        body: '[+]lifecycle ok\n[!]db warning: reason withheld\nreadyz check passed\n',
      })
    })
  })

  describe('exclude', () => {
    it('leaves checks out, and says so', () => {
      const url = '/readyz?verbose&exclude=db&exclude=queue'
      expect(ask(running(db, cache, { ...db, name: 'queue' }), get(url))).toMatchObject({
        status: 200,
        body: '[+]lifecycle ok\n[+]cache ok\n[+]db excluded: ok\n[+]queue excluded: ok\nreadyz check passed\n',
      })
    })

    it('warns of names that are not there', () => {
      expect(ask(running(cache), get('/readyz?verbose&exclude=dv'))).toMatchObject({
        status: 200,
        body: '[+]lifecycle ok\n[+]cache ok\nwarn: some checks cannot be excluded: no match for "dv"\nreadyz check passed\n',
      })
    })

    it('leaves the others as they are', () => {
      expect(ask(running(db, cache), get('/readyz?exclude=cache'))?.status).toBe(503)
    })

    it('tells nobody what would be there to exclude', () => {
      expect(ask(running(db), get('/readyz?exclude=db'))?.body).toBe('{"status":"pass"}')
    })
  })

  describe('a single check', () => {
    it.each([
      ['/readyz/cache', 200],
      ['/readyz/db', 503],
      ['/readyz/lifecycle', 200],
      ['/readyz/cache?exclude=cache', 200],
    ])('answers %s with %d, whatever the others say', (url, status) => {
      expect(ask(running(db, cache), get(url))?.status).toBe(status)
    })

    it('shows that check alone', () => {
      expect(ask(running(db, cache), get('/readyz/cache?verbose'))?.body).toBe('[+]cache ok\nreadyz check passed\n')
      expect(ask(running(db, cache), get('/readyz/db', 'text/plain'))?.body).toBe(
        '[-]db failed: reason withheld\nreadyz check failed\n',
      )
    })

    it('has nothing to exclude', () => {
      expect(ask(running(db, cache), get('/readyz/cache?verbose&exclude=cache&exclude=gone'))?.body).toBe(
        '[+]cache ok\nreadyz check passed\n',
      )
    })

    it.each(['/readyz/gone', '/livez/db'])('is not found where there is none of that name in the probe: %s', (url) => {
      expect(ask(running(db), get(url))).toMatchObject({ status: 404, body: 'no such check in this probe\n' })
    })
  })

  describe('details', () => {
    const forms = ['/readyz', '/readyz?verbose', '/readyz/db', '/readyz/db?verbose'].map((url) => get(url))
    const shows = (options: Partial<AnswerOptions>) =>
      forms.map((request) => ask(running(db), request, options)?.body.includes('password') ?? false)

    it.each<[string, Partial<AnswerOptions>]>([
      ['by default', {}],
      ['when it is told to', { details: 'never' }],
      ['from whom the function does not know', { details: () => false }],
      [
        'when the function throws',
        {
          details: () => {
            throw new Error('no session')
          },
        },
      ],
      [
        'where types are absent and the function is async',
        { details: (() => Promise.resolve(false)) as unknown as () => boolean },
      ],
      ['where types are absent and the word is another', { details: 'sometimes' as 'never' }],
    ])('withholds them %s', (_, options) => {
      expect(shows(options)).toEqual([false, false, false, false])
    })

    it('shows them when it is told to', () => {
      expect(shows({ details: 'always' })).toEqual([true, true, true, true])
      expect(JSON.parse(ask(running(db), get('/readyz'), { details: 'always' })?.body ?? '')).toEqual({
        status: 'fail',
        serviceId: 'orders',
        checks: {
          lifecycle: [{ status: 'pass' }],
          db: [{ status: 'fail', output: 'password of orders refused', observedValue: { pool: 9 } }],
        },
      })
    })

    it('shows them to whom the function says', () => {
      const details = ({ headers }: ProbeRequest) => headers.authorization === 'Bearer 7'
      const request = { ...get('/readyz'), headers: { authorization: 'Bearer 7' } }
      expect(ask(running(db), request, { details })?.body).toContain('password')
      expect(ask(running(db), get('/readyz'), { details })?.body).not.toContain('password')
    })
  })
})
