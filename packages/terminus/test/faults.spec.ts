import type { TerminusOptions } from '@godaddy/terminus'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { answersOfBoth, listen, withBoth } from './fixtures/both.ts'
import { ask } from './fixtures/client.ts'

const bodies = (answers: readonly { body: string }[]) => answers.map(({ body }) => body)

describe('faults of the health checks of @godaddy/terminus that ours have not', () => {
  it('keys of one answer stay in the answers to come', async () => {
    const healthChecks = { '/a': async () => ({ a: 1 }), '/b': async () => ({ b: 1 }), verbatim: true }
    const { theirs, ours } = await answersOfBoth(() => ({ healthChecks }), [{ path: '/a' }, { path: '/b' }])
    expect(bodies(theirs)).toEqual(['{"status":"ok","a":1}', '{"status":"ok","a":1,"b":1}'])
    expect(bodies(ours)).toEqual(['{"status":"ok","a":1}', '{"status":"ok","b":1}'])
  })

  it('of two servers each answers what the last one was told to', async () => {
    const { theirs, ours } = await withBoth(async (terminus) => {
      const check = { '/health': async () => {} }
      const first = await listen(terminus, { healthChecks: check, statusOkResponse: { server: 1 } })
      const second = await listen(terminus, { healthChecks: check, statusOkResponse: { server: 2 } })
      return bodies([await ask(`${first.url}/health`), await ask(`${second.url}/health`)])
    })
    expect(theirs).toEqual(['{"server":2}', '{"server":2}'])
    expect(ours).toEqual(['{"server":1}', '{"server":2}'])
  })

  it('each probe of a check that hangs runs it once more', async () => {
    const { theirs, ours } = await withBoth(async (terminus) => {
      let runs = 0
      const answer = Promise.withResolvers<void>()
      const { server, url } = await listen(terminus, {
        healthChecks: { '/health': () => (runs++, answer.promise) },
      })
      let asked = 0
      // Node has parsed what came before this listener hears of it.
      server.on('connection', (socket) => socket.once('data', () => asked++))
      const probes = Array.from({ length: 5 }, () => ask(`${url}/health`))
      await waitUntil(() => asked === 5)
      answer.resolve()
      const statuses = (await Promise.all(probes)).map(({ status }) => status)
      await ask(`${url}/health`)
      return { runs, statuses }
    })
    expect(theirs).toEqual({ runs: 6, statuses: [200, 200, 200, 200, 200] })
    expect(ours).toEqual({ runs: 2, statuses: [200, 200, 200, 200, 200] })
  })

  it('a path with a query is no health check', async () => {
    const options = () => ({ healthChecks: { '/health': async () => {}, '/health?full': async () => ({ full: 1 }) } })
    const { theirs, ours } = await answersOfBoth(options, [{ path: '/health?x=1' }, { path: '/health?full' }])
    const full = '{"status":"ok","info":{"full":1},"details":{"full":1}}'
    expect(bodies(theirs)).toEqual(['app: GET /health?x=1', full])
    expect(bodies(ours)).toEqual(['{"status":"ok"}', full])
  })

  it('listeners that are added later hear of health checks', async () => {
    const { theirs, ours } = await withBoth(async (terminus) => {
      const heard: string[] = []
      const { server, url } = await listen(terminus, { healthChecks: { '/health': async () => {} } })
      server.on('request', ({ url = '' }) => heard.push(url))
      await ask(`${url}/health`)
      return heard
    })
    expect(theirs).toEqual(['/health'])
    expect(ours).toEqual([])
  })

  it('every method runs the check, DELETE too, and a preflight', async () => {
    const { theirs, ours } = await withBoth(async (terminus) => {
      let runs = 0
      const headers = { 'Access-Control-Allow-Origin': '*' }
      const { url } = await listen(terminus, { headers, healthChecks: { '/health': async () => void runs++ } })
      const answers = []
      for (const method of ['DELETE', 'OPTIONS']) answers.push(await ask(`${url}/health`, { method }))
      return { runs, answers }
    })
    const open = { 'access-control-allow-origin': '*' }
    const allow = { ...open, allow: 'GET, HEAD, OPTIONS' }
    expect(theirs).toMatchObject({ runs: 2, answers: [{ status: 200 }, { status: 200, headers: open }] })
    expect(ours).toMatchObject({
      runs: 0,
      answers: [
        { status: 405, headers: allow },
        { status: 204, headers: allow },
      ],
    })
  })

  it('caseInsensitive hides the stacks that are asked for, and changes the options', async () => {
    const given: TerminusOptions[] = []
    const makeOptions = (): TerminusOptions => {
      const causes = [new Error('no route')]
      const healthChecks = { '/Health': () => Promise.reject({ causes }), __unsafeExposeStackTraces: true }
      const options = { caseInsensitive: true, healthChecks }
      given.push(options)
      return options
    }
    const { theirs, ours } = await answersOfBoth(makeOptions)
    expect(theirs[0]?.body).not.toContain('stack')
    expect(ours[0]?.body).toContain('"stack":"Error: no route')
    expect(given.map(({ healthChecks = {} }) => '/health' in healthChecks)).toEqual([true, false])
  })

  it('the signal is added to the array of the caller', async () => {
    const given: string[][] = []
    await answersOfBoth(() => {
      const signals = ['SIGUSR1']
      given.push(signals)
      return { signals }
    })
    expect(given).toEqual([['SIGUSR1', 'SIGTERM'], ['SIGUSR1']])
  })
})
