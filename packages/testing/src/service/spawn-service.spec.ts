import { isLastcallError } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../test/fixtures/fixture.ts'
import { waitUntil } from '../wait-until.ts'
import { isPortFree } from './find-free-port.ts'
import { listProcesses } from './list-processes.ts'
import { spawnService } from './spawn-service.ts'

const portOf = (url: string) => Number(new URL(url).port)

async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (!isLastcallError(error)) throw error
  return error
}

const isRunning = (id: number) => listProcesses().some(({ pid }) => pid === id)

describe('spawnService', () => {
  it('starts the service, gives it a port, and waits until it answers', async () => {
    await using service = await spawnService({ args: fixture('exits-at-once') })
    expect(await (await fetch(service.url)).text()).toBe('hello')
    expect(service.stdout).toContain(`listening on ${service.url}`)
    expect(service.processes()).toEqual([service.pid])
  })

  it.each([
    ['a pattern', /listening on (\S+)/],
    ['a function', (line: string) => line.split(' on ')[1]],
  ])('finds the address in the output by %s', async (_by, url) => {
    await using service = await spawnService({ args: fixture('exits-at-once'), url })
    expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(service.url)).text()).toBe('hello')
  })

  it('takes the port, the environment and the word "ready" of the test', async () => {
    const asked: string[] = []
    await using service = await spawnService({
      args: ['-e', 'console.log(process.env.PORT, process.env.COLOUR); setInterval(() => {}, 1000)'],
      env: { PORT: '4711', COLOUR: 'red' },
      ready: (service) => asked.push(service.url) >= 2 && service.stdout.includes('4711 red'),
    })
    expect(service.url).toBe('http://127.0.0.1:4711')
    expect(asked.length).toBeGreaterThanOrEqual(2)
  })

  it('gives the code it ended with, or the signal, after its last output', async () => {
    const program =
      "process.on('SIGINT', () => { console.log('last words'); process.exit(7) }); setInterval(() => {}, 1000); console.log('up')"
    const options = { args: ['-e', program], ready: false } as const
    await using first = await spawnService(options)
    await first.waitForLine(/up/)
    first.signal('SIGINT')
    expect(await first.waitForExit()).toEqual({ code: 7, signal: null })
    expect(first.stdout).toBe('up\nlast words\n')
    await using second = await spawnService(options)
    second.signal('SIGTERM')
    expect(await second.waitForExit({ timeoutMs: 5000 })).toEqual({ code: null, signal: 'SIGTERM' })
  })

  it('rejects with the last output when the service ends before it is ready', async () => {
    const { code, message } = await failure(spawnService({ args: fixture('fails-to-start') }))
    expect(code).toBe('LASTCALL_START_FAILED')
    expect(message).toMatch(/ended with code 3 before being ready .*ECONNREFUSED[^]*cannot reach the database/)
  })

  it('rejects with the last answer and output when it is not ready in time, and leaves nothing running', async () => {
    const port = await failure(spawnService({ args: fixture('never-ready'), readyTimeoutMs: 1500 })).then(
      ({ code, message }) => {
        expect(code).toBe('LASTCALL_TIMEOUT')
        expect(message).toMatch(
          /ran for 1500 ms without being ready .*\/readyz answered 503[^]*waiting for the database/,
        )
        return Number(message.match(/:(\d+)\/readyz/)?.[1])
      },
    )
    expect(await isPortFree(port)).toBe(true)
  })

  it('rejects when the command cannot be run', async () => {
    const { code, message } = await failure(spawnService({ command: '/no/such/command', args: [] }))
    expect(code).toBe('LASTCALL_START_FAILED')
    expect(message).toContain('cannot be spawned')
  })

  it('rejects a wait for a line that does not come, or for an end that does not', async () => {
    await using service = await spawnService({ args: fixture('never-exits') })
    expect((await failure(service.waitForLine(/nothing/, { timeoutMs: 20 }))).message).toContain(
      'a line that matches /nothing/',
    )
    service.signal('SIGTERM')
    await service.waitForLine(/ignored/)
    const late = await failure(service.waitForExit({ timeoutMs: 20 }))
    expect(late.code).toBe('LASTCALL_TIMEOUT')
    expect(late.message).toMatch(/has not ended within 20 ms[^]*ignored/)
    const waiting = failure(service.waitForLine(/nothing/))
    await service.kill()
    expect((await waiting).message).toContain('ended with SIGKILL before a line that matches')
  })

  it('ends its whole process group when it is disposed, and says what a process left behind', async () => {
    const { url, child } = await (async () => {
      await using service = await spawnService({ args: fixture('leaves-a-child') })
      const child = Number((await service.waitForLine(/child (\d+)/))[1])
      expect(service.processes().sort()).toEqual([service.pid, child].sort())
      service.signal('SIGTERM')
      expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
      expect(service.processes()).toEqual([child])
      return { url: service.url, child }
    })()
    expect(isRunning(child)).toBe(false)
    expect(await isPortFree(portOf(url))).toBe(true)
  })

  it('sends a signal to the whole group, as Ctrl-C does', async () => {
    await using service = await spawnService({ args: fixture('leaves-a-child') })
    service.signal('SIGTERM', 'group')
    await service.waitForExit()
    await waitUntil(() => service.processes().length === 0, { what: 'the end of the group' })
  })

  it.each([
    ['throws', 'throw', undefined],
    ['is killed', 'wait', 'SIGKILL' as const],
  ])('ends the group when the process that runs the test %s', async (_how, argument, signal) => {
    await using tests = await spawnService({ args: fixture('holds-a-service', argument), ready: false })
    const [, ...pids] = await tests.waitForLine(/^service (\d+) (\d+)/)
    if (signal) tests.signal(signal)
    await waitUntil(() => !pids.some((pid) => isRunning(Number(pid))), { what: 'the end of the service and its child' })
  })
})
