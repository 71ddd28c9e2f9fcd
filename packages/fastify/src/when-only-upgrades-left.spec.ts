import { recordEvents, waitUntil } from '@lastcall/testing'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { createClient } from '../test/fixtures/create-client.ts'
import { makeApp, slowBegun } from '../test/fixtures/make-app.ts'

/** An app with a connection that is upgraded, and whose owner ends it in preClose. */
async function makeUpgradedApp() {
  const made = await makeApp()
  const port = Number(new URL(made.url).port)
  const client = connect(port, '127.0.0.1')
  client.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
  const [, socket] = (await once(made.app.server, 'upgrade')) as [unknown, Socket]
  made.upgraded.add(socket)
  client.resume()
  return { ...made, port, client }
}

describe('whenOnlyUpgradesLeft', () => {
  it('closes Fastify once the requests are served, so that preClose hooks end what was upgraded', async () => {
    const { lifecycle, log, url, release, client } = await makeUpgradedApp()
    const slow = createClient().get(`${url}/slow`)
    await slowBegun(log)

    const ended = lifecycle.shutdown()
    release()
    await slow
    await once(client, 'close')

    expect(await ended).toMatchObject({ outcome: 'clean', cut: [] })
    expect(log).toEqual(['slow begins', 'slow ends', 'preClose', 'onClose of a child', 'onClose', 'db stops'])
  })

  it('serves a request that was half sent when the drain began: no 503', async () => {
    const { app, lifecycle, log, port, client } = await makeUpgradedApp()
    const late = connect(port, '127.0.0.1')
    const [serverSide] = (await once(app.server, 'connection')) as [Socket]
    late.setEncoding('utf8').write('GET /quick HTTP/1.1\r\n')
    await waitUntil(() => serverSide.bytesRead > 0)
    const looks = vi.spyOn(app.server, 'getConnections')

    const ended = lifecycle.shutdown()
    await waitUntil(() => looks.mock.calls.length >= 2)
    expect(log).toEqual([])
    const answered = once(late, 'data')
    late.write('Host: a\r\n\r\n')

    expect((await answered)[0]).toMatch(/^HTTP\/1.1 200 OK/)
    await once(client, 'close')
    expect(await ended).toMatchObject({ outcome: 'clean' })
  })

  it('leaves onClose hooks to the phase close: work in flight may need what they take away', async () => {
    const { lifecycle, log, client } = await makeUpgradedApp()
    const events = recordEvents(lifecycle)
    const hold = lifecycle.hold('a job')

    const ended = lifecycle.shutdown()
    await once(client, 'close')
    await events.waitFor('drain:end')
    // As many turns of the event loop as the rest of Fastify's close could take.
    for (let turns = 0; turns < 20; turns++) await turn()
    log.push('the job ends')
    hold.release()

    expect(await ended).toMatchObject({ outcome: 'clean' })
    expect(log).toEqual(['preClose', 'the job ends', 'onClose of a child', 'onClose', 'db stops'])
  })
})
