import type { Service } from '@lastcall/testing'
import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { ask } from './fixtures/client.ts'
import { requestSlow } from './fixtures/request-slow.ts'
import { runBoth, startService } from './fixtures/run-both.ts'

const ALL = { beforeShutdown: 'ends', onSignal: 'ends', onShutdown: 'ends' } as const
const PATIENT = { timeout: 30_000 }

const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  )

describe('faults of the shutdown of @godaddy/terminus that ours has not', () => {
  it('a signal before it listens ends it with 1, and no hook runs', async () => {
    const { theirs, ours } = await runBoth({ listens: false, hooks: ALL }, async (service) => service.signal('SIGTERM'))
    const failed = 'error happened during shutdown: Server is not running.'
    expect(theirs).toMatchObject({ exit: { code: 1 }, said: ['beforeShutdown', failed] })
    expect(ours).toMatchObject({ exit: { signal: 'SIGTERM' }, said: Object.keys(ALL) })
  })

  it('a hook that hangs keeps it for ever, whatever signals come', async () => {
    const fixture = { hooks: { onSignal: 'hangs' }, ownSignal: 'SIGTERM' } as const
    async function signalTwice(service: Service): Promise<void> {
      service.signal('SIGTERM')
      await service.waitForLine(/^onSignal$/)
      service.signal('SIGTERM')
    }
    await using theirs = await startService('@godaddy/terminus', fixture)
    await signalTwice(theirs)
    await expect.poll(() => theirs.stdout.match(/alive after SIGTERM/g), { timeout: 30_000 }).toHaveLength(2)

    await using ours = await startService('@lastcall/terminus', fixture)
    await signalTwice(ours)
    expect(await ours.waitForExit({ timeoutMs: 30_000 })).toEqual({ code: 143, signal: null })
  })

  it.each(['/undefined', '/circular'])('a check ends the process by what it says: %s', async (path) => {
    await using theirs = await startService('@godaddy/terminus', {})
    expect(await codeOf(ask(theirs.url + path))).not.toBe('answered')
    expect(await theirs.waitForExit({ timeoutMs: 30_000 })).toMatchObject({ code: 1 })

    await using ours = await startService('@lastcall/terminus', {})
    expect(await ask(ours.url + path)).toMatchObject({ status: 503, body: '{"status":"error"}' })
    await ours.waitForLine(/^healthcheck failed: /)
  })

  it('onSendFailureDuringShutdown ends the process when it rejects', async () => {
    const fixture = { hooks: { beforeShutdown: 'hangs', onSendFailureDuringShutdown: 'rejects' } } as const
    await using theirs = await startService('@godaddy/terminus', fixture)
    theirs.signal('SIGTERM')
    await theirs.waitForLine(/^beforeShutdown$/)
    expect(await codeOf(ask(`${theirs.url}/health`))).not.toBe('answered')
    expect(await theirs.waitForExit({ timeoutMs: 30_000 })).toMatchObject({ code: 1 })

    await using ours = await startService('@lastcall/terminus', fixture)
    ours.signal('SIGTERM')
    await ours.waitForLine(/^beforeShutdown$/)
    expect(await ask(`${ours.url}/health`)).toMatchObject({ status: 503 })
  })

  it('a hook that rejects cuts what is in flight, and the hooks behind it do not run', async () => {
    const fixture = { hooks: { ...ALL, beforeShutdown: 'rejects' }, options: PATIENT } as const
    const { theirs, ours } = await runBoth(fixture, async (service) => {
      const answer = codeOf((await requestSlow(service)).answer)
      service.signal('SIGTERM')
      await service.waitForLine(/beforeShutdown rejects$/)
      service.signal('SIGUSR2')
      return answer
    })
    expect(theirs).toMatchObject({ exit: { code: 1 }, got: 'ECONNRESET' })
    expect(theirs.said).not.toContain('onSignal')
    expect(ours).toMatchObject({ exit: { code: 1 }, got: 'answered' })
    expect(ours.said.slice(-2)).toEqual(['onSignal', 'onShutdown'])
  })

  it('with useExit0 the first server that has stopped cuts the others', async () => {
    const fixture = { servers: 2, hooks: { onShutdown: 'ends' }, options: { ...PATIENT, useExit0: true } } as const
    const { theirs, ours } = await runBoth(fixture, async (service) => {
      const answer = codeOf((await requestSlow(service)).answer)
      service.signal('SIGTERM')
      await service.waitForLine(/^server 2: onShutdown$/)
      service.signal('SIGUSR2')
      return answer
    })
    expect(theirs).toMatchObject({ exit: { code: 0 }, got: 'ECONNRESET' })
    expect(ours).toMatchObject({ exit: { code: 0 }, got: 'answered' })
    expect(ours.said.at(-1)).toBe('server 1: onShutdown')
  })

  it('nothing tells clients to go elsewhere, and failures lack the headers of the options', async () => {
    const fixture = {
      hooks: { beforeShutdown: 'hangs' },
      options: { ...PATIENT, headers: { 'x-custom': 'a' } },
    } as const
    const { theirs, ours } = await runBoth(fixture, async (service) => {
      const { answer } = await requestSlow(service, { keepAlive: true })
      service.signal('SIGTERM')
      await service.waitForLine(/^beforeShutdown$/)
      const { headers } = await ask(`${service.url}/health`)
      service.signal('SIGUSR2')
      return { inFlight: (await answer).headers.connection, failure: headers['x-custom'] }
    })
    expect(theirs.got).toEqual({ inFlight: 'keep-alive', failure: undefined })
    expect(ours.got).toEqual({ inFlight: 'close', failure: 'a' })
  })

  it('connections that were upgraded are cut at once', async () => {
    const { theirs, ours } = await runBoth({ hooks: ALL, options: PATIENT }, async (service) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
      const said = text(socket)
      socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
      await once(socket, 'readable')
      service.signal('SIGTERM')
      await service.waitForLine(/^beforeShutdown$/)
      // Whoever has ended the connection has said so before the next one is refused.
      await expect.poll(() => codeOf(ask(service.url)), { timeout: 30_000 }).toBe('ECONNREFUSED')
      service.signal('SIGUSR2')
      return (await said).split('\r\n\r\n')[1]
    })
    expect(theirs.got).toBe('')
    expect(ours.got).toBe('bye')
  })

  it('streams of HTTP/2 are cut at once', async () => {
    const { theirs, ours } = await runBoth({ http2: true, hooks: ALL, options: PATIENT }, async (service) => {
      const session = connectHttp2(service.url).on('error', () => {})
      const stream = session.request({ ':path': '/slow' })
      const body = text(stream)
      body.catch(() => {})
      await service.waitForLine(/^slow begins$/)
      const closed = once(session, 'goaway').then(() => 'GOAWAY')
      const cut = once(stream, 'close').then(() => 'cut')
      service.signal('SIGTERM')
      const first = await Promise.race([closed, cut])
      service.signal('SIGUSR2')
      return { first, body: await body.catch(() => 'cut') }
    })
    expect(theirs.got).toEqual({ first: 'cut', body: '' })
    expect(ours.got).toEqual({ first: 'GOAWAY', body: 'app: /slow' })
  })
})
