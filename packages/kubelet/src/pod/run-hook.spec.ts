import { createServer as createHttpsServer } from 'node:https'
import { createFakeClock } from '@lastcall/core/testing'
import { localhostCertificate } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { listen, serveHttp } from '../../test/serve.ts'
import type { LifecycleHandlerSpec } from '../spec/pod-spec.ts'
import { resolvePod } from '../spec/resolve-pod.ts'
import { runHook } from './run-hook.ts'

const never = new AbortController().signal

function run(preStop: LifecycleHandlerSpec, { clock = createFakeClock(), signal = never } = {}) {
  const [container] = resolvePod({ containers: [{ name: 'app', lifecycle: { preStop } }] }).containers
  return runHook(container?.preStop as never, {}, clock, signal)
}

describe('runHook', () => {
  it.each([200, 404, 500])('does not mind the status %d', async (status) => {
    const agents: unknown[] = []
    await using server = await serveHttp(({ headers, url }, response) => {
      agents.push(`${url} ${headers['user-agent']}`)
      response.writeHead(status).end()
    })
    await run({ httpGet: { path: '/drain', port: server.port } })
    expect(agents).toEqual(['/drain kube-lifecycle/1.34'])
  })

  it('waits for the end of the body', async () => {
    const finish = Promise.withResolvers<() => void>()
    await using server = await serveHttp((_request, response) => {
      response.write('draining')
      finish.resolve(() => response.end())
    })
    let done = false
    const hook = run({ httpGet: { port: server.port } }).then(() => (done = true))
    const end = await finish.promise
    expect(done).toBe(false)
    end()
    await hook
  })

  it('fails when nothing answers', async () => {
    const { port, [Symbol.asyncDispose]: close } = await serveHttp(() => undefined)
    await close()
    await expect(run({ httpGet: { port } })).rejects.toThrow('ECONNREFUSED')
  })

  it('asks again without TLS, and without credentials, where the server has no TLS', async () => {
    await using server = await serveHttp(({ headers }, response) => {
      seen.push(headers.authorization ?? 'none')
      response.end()
    })
    const seen: string[] = []
    const httpHeaders = [{ name: 'Authorization', value: 'Basic c2VjcmV0' }]
    await run({ httpGet: { port: server.port, scheme: 'HTTPS', httpHeaders } })
    expect(seen).toEqual(['none'])
  })

  it('asks over TLS where the server has it', async () => {
    let requests = 0
    await using server = await listen(
      createHttpsServer(localhostCertificate, (_request, response) => {
        requests++
        response.end()
      }),
    )
    await run({ httpGet: { port: server.port, scheme: 'HTTPS' } })
    expect(requests).toBe(1)
  })

  it('runs a command, which must exit with 0', async () => {
    await run({ exec: { command: ['true'] } })
    await expect(run({ exec: { command: ['/bin/sh', '-c', 'echo busy; exit 2'] } })).rejects.toThrow(
      'command "/bin/sh -c echo busy; exit 2" exited with 2: busy',
    )
    await expect(run({ exec: { command: ['/no/such/program'] } })).rejects.toThrow('ENOENT')
  })

  it('sleeps on the clock', async () => {
    const clock = createFakeClock()
    await clock.runUntil(run({ sleep: { seconds: 7 } }, { clock }))
    expect(clock.now()).toBe(7000)
  })

  it('is over when its signal aborts', async () => {
    const clock = createFakeClock()
    const controller = new AbortController()
    const { signal } = controller
    await using server = await serveHttp(() => controller.abort(new Error('the container has ended')))
    const slept = run({ sleep: { seconds: 7 } }, { clock, signal })
    await expect(run({ httpGet: { port: server.port } }, { signal })).rejects.toThrow('the container has ended')
    await slept
    expect(clock.pending).toBe(0)
    await expect(run({ exec: { command: ['sleep', '1000'] } }, { signal })).rejects.toThrow('exited with null')
  })
})
