import type { Server } from '@grpc/grpc-js'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { runServer } from '../test/fixtures/run-server.ts'

const tryShutdown = (server: Server) =>
  new Promise<void>((resolve, reject) => server.tryShutdown((error) => (error ? reject(error) : resolve())))

describe('joinShutdown', () => {
  it('leaves the process running, unless that is told to end meanwhile', async () => {
    const alone = await runServer({ lameDuck: false })
    await tryShutdown(alone.server)
    await alone.lifecycle.shutdown()

    const told = await runServer({ lameDuck: false })
    const hold = told.lifecycle.hold('a job')
    const ended = tryShutdown(told.server)
    told.signal()
    hold.release()
    await ended
    await waitUntil(() => told.process.exits.length > 0)

    expect(told.process.exits).toEqual([0])
    expect(alone.process.exits).toEqual([])
  })

  it('lets a hook of the phase close wait for the server', async () => {
    const { server, lifecycle } = await runServer({ lameDuck: false })
    lifecycle.onShutdown('framework', () => tryShutdown(server))
    expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'clean', hooks: [{ outcome: 'ok' }] })
  })

  it('resolves when the server is shut down already', async () => {
    const { server, lifecycle } = await runServer({ lameDuck: false })
    await lifecycle.shutdown()
    await tryShutdown(server)
    await tryShutdown(server)
  })
})
