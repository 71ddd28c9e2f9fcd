import { createFakeClock } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { createClients } from './create-clients.ts'
import type { Client } from './leave-client.ts'

/** A client that notes what is asked of it, and closes only when it is made to. */
function createClient() {
  const asked: unknown[] = []
  const client: Client = {
    close: (...args) => void asked.push(args),
    terminate: () => void asked.push('terminate'),
  }
  return { client, asked }
}

const GOING_AWAY = [1001, 'going away']

describe('createClients', () => {
  it('tells who is idle to leave when it drains, who is busy afterwards, and each once', async () => {
    const clients = createClients(createFakeClock())
    const [idle, busy] = [createClient(), createClient()]
    for (const { client } of [idle, busy]) clients.add(client)
    const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()] as const
    const handled = answers.map(({ promise }) =>
      clients.count(
        busy.client,
        handlerOf(() => promise),
      )(),
    )

    const drained = clients.drain()
    expect(idle.asked).toEqual([GOING_AWAY])
    for (const { resolve } of answers) {
      expect(busy.asked).toEqual([])
      resolve('done')
      await new Promise(setImmediate)
    }
    await Promise.all(handled)
    await clients.count(
      busy.client,
      handlerOf(() => 'one more'),
    )()
    await new Promise(setImmediate)
    expect(busy.asked).toEqual([GOING_AWAY])

    for (const { client } of [idle, busy]) clients.remove(client)
    await drained
  })

  it('ends those that do not answer in time, and leaves no timer for those that do', async () => {
    const clock = createFakeClock()
    const clients = createClients(clock)
    const [silent, polite] = [createClient(), createClient()]
    for (const { client } of [silent, polite]) clients.add(client)
    const drained = clients.drain()
    clients.remove(polite.client)

    await clock.advance(499)
    expect(silent.asked).toEqual([GOING_AWAY])
    await clock.advance(1)

    expect(silent.asked).toEqual([GOING_AWAY, 'terminate'])
    expect(polite.asked).toEqual([GOING_AWAY])
    clients.remove(silent.client)
    await drained
  })

  it('names the messages in flight, and ends every client when it is aborted', async () => {
    const clock = createFakeClock()
    const clients = createClients(clock)
    const { client, asked } = createClient()
    clients.add(client)
    void clients.count(
      client,
      handlerOf(() => new Promise(() => {})),
    )()
    await clock.advance(20)

    expect(clients.inFlight()).toEqual([{ kind: 'request', name: 'message chat', ageMs: 20 }])
    expect(clients.abort()).toHaveLength(1)
    expect(asked).toEqual(['terminate'])
  })

  it('knows a client once, and counts a message that failed as over', async () => {
    const clients = createClients(createFakeClock())
    const { client } = createClient()
    expect([clients.add(client), clients.add(client)]).toEqual([true, false])
    const failing = clients.count(
      client,
      handlerOf(() => Promise.reject(new Error('broken'))),
    )
    await expect(failing()).rejects.toThrow('broken')
    expect(clients.inFlight()).toEqual([])
  })
})

function handlerOf(callback: () => unknown) {
  return { message: 'chat', methodName: 'chat', isAckHandledManually: false, callback: async () => callback() }
}
