import { status } from '@grpc/grpc-js'
import { spawnService } from '@lastcall/testing'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ask, connectHealth, connectOrders } from '../test/fixtures/orders.ts'
import { collect } from '../test/fixtures/run-server.ts'

const fixture = fileURLToPath(new URL('../test/fixtures/service.ts', import.meta.url))

/** The service as a process, with a long call and a stream in flight. */
async function spawnBusy(env: Record<string, string> = {}) {
  const service = await spawnService({
    args: ['--conditions=@lastcall/source', fixture],
    env,
    ready: ({ stdout }) => /^ready$/m.test(stdout),
  })
  onTestFinished(() => service.kill())
  const [orders, health] = [connectOrders(service.url), connectHealth(service.url)] as const
  onTestFinished(() => [orders, health].forEach((client) => client.close()))
  const calls = [ask(orders, orders.slow, { id: '7' }), collect(orders.follow({ id: '7' }))] as const
  for (const call of calls) call.catch(() => {})
  await service.waitForLine(/slow begins/)
  await service.waitForLine(/follow begins/)
  return { service, health, calls }
}

describe('a gRPC service', () => {
  it('finishes a long call and a stream on SIGTERM, ends its watchers, and exits 0', async () => {
    const { service, health, calls } = await spawnBusy()
    const watched = collect(health.watch({ service: '' }))
    expect(await ask(health, health.check, { service: 'liveness' })).toEqual({ status: 'SERVING' })

    service.signal('SIGTERM')

    expect(await watched).toEqual([{ status: 'SERVING' }, { status: 'NOT_SERVING' }])
    expect(await Promise.all(calls)).toEqual([{ id: '7' }, [{ id: 'first' }, { id: 'last' }]])
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null })
    expect(service.stdout).toMatch(/stopped in .* on SIGTERM.*clean, exit 0/)
  })

  it('cancels at the deadline what hangs, names it, and exits 1', async () => {
    const { service, calls } = await spawnBusy({ HANGS: '1' })
    service.signal('SIGTERM')
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: status.CANCELLED })
    expect(await service.waitForExit()).toEqual({ code: 1, signal: null })
    expect(service.stdout).toMatch(/cut, exit 1.*cut: orders\.Orders\/\w+.*orders\.Orders\/\w+/)
  })
})
