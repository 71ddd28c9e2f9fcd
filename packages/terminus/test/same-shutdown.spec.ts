import type { Service } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { ask } from './fixtures/client.ts'
import { requestSlow } from './fixtures/request-slow.ts'
import { runBoth } from './fixtures/run-both.ts'

const ALL = { beforeShutdown: 'ends', onSignal: 'ends', onShutdown: 'ends' } as const

const stop = (signal: NodeJS.Signals) => async (service: Service) => service.signal(signal)

describe('a shutdown goes as that of @godaddy/terminus does', () => {
  it('finishes what is in flight between beforeShutdown and onSignal, and dies of the signal', async () => {
    const { theirs, ours } = await runBoth({ hooks: ALL, options: { timeout: 30_000 } }, async (service) => {
      const { answer } = await requestSlow(service)
      service.signal('SIGTERM')
      await service.waitForLine(/^beforeShutdown$/)
      service.signal('SIGUSR2')
      const { status, body } = await answer
      return { status, body }
    })
    expect(theirs).toMatchObject({ exit: { signal: 'SIGTERM' }, got: { status: 200 } })
    expect(theirs.said.slice(-4)).toEqual(['gate opens', 'slow ends', 'onSignal', 'onShutdown'])
    expect(ours).toEqual(theirs)
  })

  it('exits with 0 where useExit0 is set', async () => {
    const { theirs, ours } = await runBoth({ hooks: ALL, options: { useExit0: true } }, stop('SIGTERM'))
    expect(theirs).toMatchObject({ exit: { code: 0 }, said: ['beforeShutdown', 'onSignal', 'onShutdown'] })
    expect(ours).toEqual(theirs)
  })

  it.each([
    ['SIGINT', { signal: 'SIGINT' }],
    ['SIGTERM', { signals: ['SIGBREAK', 'SIGHUP'] }],
  ] as const)('on %s with %j, and dies of it', async (signal, options) => {
    const { theirs, ours } = await runBoth(
      { hooks: { onSigterm: 'ends' }, options: structuredClone(options) as { signal: string } },
      stop(signal),
    )
    expect(theirs).toMatchObject({ exit: { signal }, said: ['onSigterm'] })
    expect(ours).toEqual(theirs)
  })

  it('serves while beforeShutdown runs, and fails every health check', async () => {
    const fixture = {
      hooks: { ...ALL, beforeShutdown: 'hangs', onSendFailureDuringShutdown: 'ends' },
      options: { statusErrorResponse: { status: 'down' } },
    } as const
    const { theirs, ours } = await runBoth(fixture, async (service) => {
      service.signal('SIGTERM')
      await service.waitForLine(/^beforeShutdown$/)
      const answers = []
      for (const path of ['/', '/health']) answers.push(await ask(service.url + path))
      service.signal('SIGUSR2')
      return answers.map(({ status, body, headers }) => ({ status, body, type: headers['content-type'] }))
    })
    expect(theirs.got[1]).toEqual({ status: 503, body: '{"status":"down"}', type: 'application/json' })
    expect(theirs.said[1]).toBe('onSendFailureDuringShutdown')
    expect(ours).toEqual(theirs)
  })

  it('asks health checks, and tells them, where sendFailuresDuringShutdown is off', async () => {
    const fixture = {
      hooks: { beforeShutdown: 'hangs', onSendFailureDuringShutdown: 'ends' },
      options: { sendFailuresDuringShutdown: false },
    } as const
    const { theirs, ours } = await runBoth(fixture, async (service) => {
      service.signal('SIGTERM')
      await service.waitForLine(/^beforeShutdown$/)
      const { status, body } = await ask(`${service.url}/health`)
      service.signal('SIGUSR2')
      return { status, body }
    })
    expect(theirs.got.body).toContain('"isShuttingDown":true')
    expect(theirs.said).toEqual(['beforeShutdown', 'gate opens'])
    expect(ours).toEqual(theirs)
  })

  it('tells the logger of a hook that rejects, and exits with 1', async () => {
    const { theirs, ours } = await runBoth({ hooks: { onSignal: 'rejects' } }, stop('SIGTERM'))
    const said = ['onSignal', 'error happened during shutdown: onSignal rejects']
    expect(theirs).toMatchObject({ exit: { code: 1 }, said })
    expect(ours).toEqual(theirs)
  })

  it('cuts at the timeout what has not ended, and goes on as if nothing was', async () => {
    const { theirs, ours } = await runBoth({ hooks: ALL, options: { timeout: 100 } }, async (service) => {
      const { answer } = await requestSlow(service)
      service.signal('SIGTERM')
      return answer.then(
        () => 'answered',
        (error: NodeJS.ErrnoException) => error.code,
      )
    })
    expect(theirs).toMatchObject({
      got: 'ECONNRESET',
      said: ['slow begins', 'beforeShutdown', 'onSignal', 'onShutdown'],
      exit: { signal: 'SIGTERM' },
    })
    expect(ours).toEqual(theirs)
  })

  it('with several servers in the process', async () => {
    const { theirs, ours } = await runBoth({ hooks: { onSignal: 'ends' }, servers: 12 }, stop('SIGTERM'))
    expect(theirs.exit).toMatchObject({ signal: 'SIGTERM' })
    expect(ours.exit).toEqual(theirs.exit)
    // Which of them has stopped first is a matter of chance.
    expect(theirs.said).toHaveLength(12)
    expect(ours.said.toSorted()).toEqual(theirs.said.toSorted())
  })
})
