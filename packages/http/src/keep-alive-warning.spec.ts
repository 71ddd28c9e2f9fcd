import type { PlatformName } from '@lastcall/core'
import { createServer, type Server } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { describe, expect, it } from 'vitest'
import { createTestLifecycle, serve } from '../test/service.ts'
import { attachServer } from './attach-server.ts'
import type { AttachableServer } from './attachable-server.ts'

const SILENT = { info() {}, warn() {}, error() {} }

/** The warnings of a service on `platform` once `server` listens. */
async function warningsOf(platform: PlatformName, server: AttachableServer): Promise<readonly string[]> {
  const warnings: string[] = []
  const logger = { ...SILENT, warn: (_: object, message: string) => void warnings.push(message) }
  await serve(server, { lifecycle: { platform, logger, lameDuck: { minMs: 0 } } })
  return warnings.filter((message) => message.includes('keepAliveTimeout'))
}

describe('warnOfKeepAliveRace', () => {
  it('says what to set when Node closes idle connections before the load balancer does', async () => {
    const [warning, ...others] = await warningsOf('ingress-nginx', createServer())
    expect(warning).toContain('keepAliveTimeout of 5000 ms is not above the 60000 ms for which ingress-nginx')
    expect(warning).toContain('set server.keepAliveTimeout = 65000 and server.headersTimeout = 66000.')
    expect(others).toEqual([])
  })

  it('counts an equal timeout as a race, and asks for headersTimeout only when that is too short', async () => {
    const [warning] = await warningsOf('traefik', createServer({ keepAliveTimeout: 90_000, headersTimeout: 120_000 }))
    expect(warning).toContain('set server.keepAliveTimeout = 95000.')
  })

  it.each<[string, PlatformName, () => Server | AttachableServer]>([
    ['the timeout is long enough', 'ingress-nginx', () => createServer({ keepAliveTimeout: 65_000 })],
    ['the timeout is off', 'ingress-nginx', () => createServer({ keepAliveTimeout: 0 })],
    ['nothing reuses connections', 'local', () => createServer()],
    ['the server speaks HTTP/2 alone', 'ingress-nginx', () => createHttp2Server()],
  ])('says nothing when %s', async (_, platform, make) => {
    expect(await warningsOf(platform, make())).toEqual([])
  })

  it('waits for the server to listen, or speaks at once when it does', async () => {
    const server = createServer()
    const warnings: unknown[] = []
    const lifecycle = createTestLifecycle({ platform: 'traefik', logger: SILENT, lameDuck: { minMs: 0 } })
    lifecycle.subscribe((event) => event.type === 'warning' && warnings.push(event.code))
    const detach = attachServer(lifecycle, server)
    expect(warnings).toEqual([])
    await new Promise<void>((resolve) => void server.listen(0, resolve))
    expect(warnings).toEqual(['LASTCALL_KEEP_ALIVE_RACE'])
    detach()
    const other = createTestLifecycle({ platform: 'traefik', logger: SILENT, lameDuck: { minMs: 0 } })
    other.subscribe((event) => event.type === 'warning' && warnings.push(event.code))
    attachServer(other, server)
    expect(warnings.length).toBe(2)
    await new Promise((resolve) => void server.close(resolve))
  })
})
