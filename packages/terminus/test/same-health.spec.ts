import { HealthCheckError as TheirHealthCheckError, type TerminusOptions } from '@godaddy/terminus'
import { describe, expect, it } from 'vitest'
import { HealthCheckError } from '../src/index.ts'
import { answersOfBoth, listen, withBoth } from './fixtures/both.ts'
import { ask } from './fixtures/client.ts'

/** Options with one check, at `/health`. */
const checking = (check: () => unknown, options: TerminusOptions = {}, flags: object = {}) => ({
  ...options,
  healthChecks: { '/health': async () => check(), ...flags },
})

const fail = (error: unknown) => () => {
  // Users throw what they like, and both must do the same with it.

  throw error
}

class DatabaseError extends Error {
  readonly host = 'db.internal'
}

const cause = new DatabaseError('no route', { cause: new TypeError('a cause of its own') })
const failure = new HealthCheckError('healthcheck failed', [cause, { plain: true }, 'text'])
const custom = { statusOk: 201, statusOkResponse: { up: 1 }, statusError: 500, statusErrorResponse: { up: 0 } }

const CASES: Record<string, () => TerminusOptions> = {
  'resolves with nothing': () => checking(() => undefined),
  'resolves with information': () => checking(() => ({ version: '1.0.0', nested: { a: [1] } })),
  'resolves with information, verbatim': () => checking(() => ({ version: '1' }), {}, { verbatim: true }),
  'resolves with a status of its own, verbatim': () => checking(() => ({ status: 'fine' }), {}, { verbatim: true }),
  'resolves with text': () => checking(() => 'fine'),
  'resolves with text, verbatim': () => checking(() => 'fine', {}, { verbatim: true }),
  'resolves with a list, verbatim': () => checking(() => ['a', 'b'], {}, { verbatim: true }),
  'resolves with a number': () => checking(() => 7),
  'resolves with 0': () => checking(() => 0),
  'resolves with false': () => checking(() => false),
  'resolves with null': () => checking(() => null),
  'rejects with an error': () => checking(fail(new Error('no'))),
  'rejects with text': () => checking(fail('no')),
  'throws at once': () => ({ healthChecks: { '/health': fail(new Error('no')) } }),
  'rejects with causes': () => checking(fail(failure)),
  'rejects with causes of the other package': () => checking(fail(new TheirHealthCheckError('no', [cause]))),
  'rejects with a cause that is no list': () => checking(fail(new HealthCheckError('no', cause))),
  'rejects with causes, and shows stacks': () => checking(fail(failure), {}, { __unsafeExposeStackTraces: true }),
  'rejects with a status code': () => checking(fail(Object.assign(new Error('no'), { statusCode: 429 }))),
  'rejects with a status code that is text': () => checking(fail(Object.assign(new Error(), { statusCode: '429' }))),
  'rejects with status code 0': () => checking(fail(Object.assign(new Error('no'), { statusCode: 0 }))),
  'rejects with a response': () => checking(fail(Object.assign(new Error('no'), { statusResponse: { a: cause } }))),
  'rejects with a response, a status code and causes': () =>
    checking(fail({ statusCode: 500, statusResponse: { a: 1 }, causes: [cause] })),
  'resolves with nothing, and all is customised': () => checking(() => undefined, custom),
  'resolves with information, and all is customised': () => checking(() => ({ a: 1 }), custom),
  'rejects, and all is customised': () => checking(fail(new Error('no')), custom),
  'rejects with causes, and all is customised': () => checking(fail(failure), custom),
  'resolves, with headers': () =>
    checking(() => undefined, { headers: { 'X-Custom': 'a', 'cache-control': 'no-store' } }),
  'resolves, with a type of its own': () => checking(() => ({ a: 1 }), { headers: { 'content-type': 'text/plain' } }),
  'rejects with causes, with headers': () => checking(fail(failure), { headers: { 'X-Custom': 'a' } }),
}

describe('a health check is answered as @godaddy/terminus does', () => {
  it.each(Object.entries(CASES))('when it %s', async (_, makeOptions) => {
    const { theirs, ours } = await answersOfBoth(makeOptions)
    expect(theirs[0]?.headers['content-type']).toBeDefined()
    expect(ours).toEqual(theirs)
  })

  it('on HEAD too, without a body', async () => {
    const { theirs, ours } = await answersOfBoth(() => checking(() => ({ a: 1 })), [{ method: 'HEAD' }])
    expect(theirs).toMatchObject([{ status: 200, body: '' }])
    expect(ours).toEqual(theirs)
  })

  it('in any case of its path where that is asked for, and else not', async () => {
    const requests = [{ path: '/HEALTH' }, { path: '/health' }, { path: '/Health' }]
    for (const caseInsensitive of [true, false]) {
      const makeOptions = () => ({ caseInsensitive, healthChecks: { '/Health': async () => ({ a: 1 }) } })
      const { theirs, ours } = await answersOfBoth(makeOptions, requests)
      expect(ours).toEqual(theirs)
      expect(ours.map(({ body }) => body.startsWith('app: '))).toEqual(
        caseInsensitive ? [false, false, false] : [true, true, false],
      )
    }
  })

  it('and everything else by the app, whose listeners all hear of it', async () => {
    const { theirs, ours } = await withBoth(async (terminus) => {
      const heard: string[] = []
      const { server, url } = await listen(terminus, { healthChecks: { '/health': async () => {}, verbatim: true } })
      server.on('request', ({ url }) => heard.push(`second listener: ${url}`))
      const answers = []
      for (const path of ['/', '/healthy', '/health/', '/verbatim', '/constructor']) answers.push(await ask(url + path))
      return { heard, answers }
    })
    expect(theirs.heard).toHaveLength(5)
    expect(ours).toEqual(theirs)
  })

  it('and by the app alone where there are no health checks', async () => {
    const { theirs, ours } = await answersOfBoth(() => ({}), [{ path: '/health' }, { path: '/livez' }])
    expect(theirs).toMatchObject([{ body: 'app: GET /health' }, { body: 'app: GET /livez' }])
    expect(ours).toEqual(theirs)
  })

  it('with a state that says that it runs, and a logger that hears of failures only', async () => {
    const { theirs, ours } = await withBoth(async (terminus) => {
      const log: unknown[] = []
      const { url } = await listen(terminus, {
        logger: (...args) => log.push(args),
        healthChecks: {
          '/ok': async ({ state }) => log.push({ ...state }),
          '/bad': async () => fail(failure)(),
        },
      })
      await ask(`${url}/ok`)
      await ask(`${url}/bad`)
      return log
    })
    expect(theirs).toEqual([{ isShuttingDown: false }, ['healthcheck failed', failure]])
    expect(ours).toEqual(theirs)
  })
})

describe('HealthCheckError', () => {
  it('is what the real one is: an error with a message and causes', () => {
    const [theirs, ours] = [TheirHealthCheckError, HealthCheckError].map((Type) => new Type('no', [cause]))
    expect(ours).toBeInstanceOf(Error)
    expect(Object.getOwnPropertyNames(ours)).toEqual(Object.getOwnPropertyNames(theirs))
    expect(`${ours}`).toBe(`${theirs}`)
    expect(ours?.causes).toEqual([cause])
  })
})
