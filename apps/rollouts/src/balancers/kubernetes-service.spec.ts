import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Pod } from '@lastcall/kubelet'
import { startLoad } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { startKubernetesService } from './kubernetes-service.ts'

/** As much of a pod as a router looks at. */
const pod = (name: string): Pod =>
  ({ name, endpoint: { ready: true, serving: true, terminating: false }, onEndpointChange: () => () => {} }) as never

describe('startKubernetesService', () => {
  it('opens connections to the pods that it knows of, and refuses while there is none', async () => {
    const server: Server = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await using service = await startKubernetesService({ addresses: ['127.0.0.1'], port, probePort: port })
    expect(await service.routed?.()).toEqual([])
    const { kept, opened } = service.connections
    const load = startLoad({
      url: service.url,
      traffic: [
        { kind: 'keepAlive', name: 'kept', path: '/', connection: kept },
        { kind: 'newConnection', name: 'opened', path: '/', connection: opened },
      ],
    })
    service.watch?.(pod('one'), 0)
    await load.untilServed(10)
    expect(await service.routed?.()).toEqual([0])
    const { records } = await load.stop()
    expect(records[0]).toMatchObject({ outcome: 'refused' })
    expect(records.some(({ name, connection }) => name === 'kept' && connection === 'reused')).toBe(true)
    expect(records.some(({ name, connection }) => name === 'opened' && connection === 'reused')).toBe(false)
    server.close().closeAllConnections()
  })
})
