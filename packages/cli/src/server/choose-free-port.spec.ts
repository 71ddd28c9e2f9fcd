import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { chooseFreePort } from './choose-free-port.ts'

it('gives a port that can be bound, below those of outgoing connections', async () => {
  const port = await chooseFreePort()
  expect(port).toBeGreaterThanOrEqual(20_000)
  expect(port).toBeLessThan(32_000)
  const server = createServer().listen(port)
  await once(server, 'listening')
  server.close()
})
