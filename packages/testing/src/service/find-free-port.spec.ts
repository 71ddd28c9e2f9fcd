import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { findFreePort, isPortFree } from './find-free-port.ts'

describe('findFreePort', () => {
  it('gives ports that can be bound, below those of outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, findFreePort))
    expect(ports.every((port) => port >= 20_000 && port < 32_000)).toBe(true)
    expect(new Set(ports).size).toBeGreaterThan(1)
  })
})

describe('isPortFree', () => {
  it.each(['127.0.0.1', '::'])('sees a server that listens on %s, and that it is gone', async (host) => {
    const port = await findFreePort()
    expect(await isPortFree(port)).toBe(true)
    const server = createServer().listen(port, host)
    await once(server, 'listening')
    expect(await isPortFree(port)).toBe(false)
    server.close()
    await once(server, 'close')
    expect(await isPortFree(port)).toBe(true)
  })
})
