import { createFakeProcess } from '@lastcall/core/testing'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTestLifecycle } from '../test/service.ts'
import type { AttachableServer } from './attachable-server.ts'
import { attachServer } from './attach-server.ts'
import { warnOfUnattachedServer } from './unattached-warning.ts'

function create() {
  const process = createFakeProcess()
  const lifecycle = createTestLifecycle({ process })
  const listener: RequestListener = ({ socket }, response) => {
    warnOfUnattachedServer(lifecycle, socket)
    response.end()
  }
  return { lifecycle, listener, warnings: process.warnings }
}

async function listen(server: Server | AttachableServer): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const ask = async (url: string) => void (await fetch(url, { headers: { connection: 'close' } }))

async function askHttp2(url: string): Promise<void> {
  const session = connect(url)
  await once(session.request().resume(), 'end')
  session.close()
}

describe('warnOfUnattachedServer', () => {
  it.each([
    ['HTTP/1', ask, (listener: RequestListener) => createServer(listener)],
    ['HTTP/2', askHttp2, (listener: RequestListener) => createHttp2Server(listener as never)],
  ] as const)(
    'warns of an %s server that no lifecycle drains, once, and of none that one does',
    async (_, ask, make) => {
      const { lifecycle, listener, warnings } = create()
      const [forgotten, attached] = [make(listener), make(listener)]
      attachServer(lifecycle, attached)
      await lifecycle.start()
      await ask(await listen(attached))
      expect(warnings).toEqual([])
      const url = await listen(forgotten)
      await ask(url)
      await ask(url)
      expect(warnings).toMatchObject([{ code: 'LASTCALL_NOT_ATTACHED' }])
    },
  )

  it('knows an attached server by connections that another one hands over', async () => {
    const { lifecycle, listener, warnings } = create()
    const server = createServer(listener)
    attachServer(lifecycle, server)
    await lifecycle.start()
    await ask(await listen(createTcpServer((socket) => void server.emit('connection', socket))))
    expect(warnings).toEqual([])
  })

  it('is silent until the lifecycle runs, and for requests that came by no server', async () => {
    const { lifecycle, listener, warnings } = create()
    await ask(await listen(createServer(listener)))
    await lifecycle.start()
    for (const socket of [undefined, null, {}]) warnOfUnattachedServer(lifecycle, socket)
    expect(warnings).toEqual([])
  })
})
