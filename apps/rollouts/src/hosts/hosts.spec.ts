import { findFreePort, spawnService } from '@lastcall/testing'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createLoopbackHosts } from './loopback-hosts.ts'
import { canHaveNamespaces, createNamespaceHosts } from './namespace-hosts.ts'

const NETWORK = 255
const SERVER = `require('node:http').createServer((_, response) => response.end(process.argv[1])).listen(process.env.PORT, process.env.HOST)`
const CLIENT = `fetch(process.argv[1]).then((response) => response.text()).then((text) => process.stdout.write(text))`

describe.each([
  ['network namespaces', createNamespaceHosts, canHaveNamespaces()],
  ['loopback addresses', createLoopbackHosts, process.platform === 'linux'],
] as const)('%s', (kind, create, isPossible) => {
  it.skipIf(!isPossible)('are hosts with an address and a port space of their own', async () => {
    await using hosts = await create(2, NETWORK)
    expect(hosts.kind).toBe(kind)
    const port = await findFreePort()
    const start = (host: number) => {
      const [command = '', ...args] = hosts.commandOn(host, [process.execPath, '-e', SERVER, `host ${host}`])
      const address = hosts.addresses[host] ?? ''
      const url = `http://${address}:${port}`
      return spawnService({ command, args, env: { PORT: `${port}`, HOST: address }, url, ready: '/' })
    }
    await using first = await start(0)
    await using second = await start(1)
    expect(await (await fetch(first.url)).text()).toBe('host 0')
    expect(await (await fetch(second.url)).text()).toBe('host 1')
  })

  it.skipIf(!isPossible)('reach what listens on loopback here', async () => {
    const server = createServer((_request, response) => void response.end('here')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    {
      await using hosts = await create(1, NETWORK)
      const { host, port } = await hosts.reach((server.address() as AddressInfo).port)
      const [command = '', ...args] = hosts.commandOn(0, [process.execPath, '-e', CLIENT, `http://${host}:${port}`])
      const { stdout } = await promisify(execFile)(command, args)
      expect(stdout).toBe('here')
    }
    server.close().closeAllConnections()
  })
})
