// A user's program: compiled as an ES module and as CommonJS, run from the installed packages.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLifecycle, type Lifecycle, LastcallError, type ShutdownReport } from '@lastcall/core'
import { createFakeClock } from '@lastcall/core/testing'
import { lastcall } from '@lastcall/fastify'
import { attachServer, serveProbes } from '@lastcall/http'
import { fastify } from 'fastify'

async function expectStatus(address: string, wanted: number): Promise<void> {
  const { status } = await fetch(address)
  if (status !== wanted) throw new Error(`${address} answered ${status}, not ${wanted}`)
}

async function expectClean(shutdown: Promise<ShutdownReport>): Promise<void> {
  const { outcome, errors } = await shutdown
  if (outcome !== 'clean') throw new Error(`the shutdown was ${outcome}: ${errors.join(', ')}`)
}

async function liveOnHttp(lifecycle: Lifecycle): Promise<void> {
  const server = createServer((_request, response) => response.end('hello\n'))
  attachServer(lifecycle, server)
  await once(server.listen(0), 'listening')
  const probes = await serveProbes(lifecycle, { port: 0 })
  await lifecycle.start()
  await expectStatus(`http://localhost:${(server.address() as AddressInfo).port}/readyz`, 200)
  await expectStatus(`http://localhost:${probes.address.port}/livez`, 200)
  await expectClean(lifecycle.shutdown('done'))
}

async function liveOnFastify(): Promise<void> {
  const app = fastify()
  await app.register(lastcall, { signals: false, exit: false })
  app.get('/', () => 'hello\n')
  const address = await app.listen({ port: 0 })
  await expectStatus(address, 200)
  await expectClean(app.lifecycle.shutdown('done'))
}

async function main(): Promise<void> {
  await liveOnHttp(createLifecycle({ name: 'consumer', signals: false, exit: false }))
  await liveOnFastify()
  if (createFakeClock(7).now() !== 7) throw new Error('the fake clock is not at its start')
  if (!(new LastcallError('LASTCALL_TIMEOUT', '') instanceof Error)) throw new Error('LastcallError is no Error')
}

void main()
