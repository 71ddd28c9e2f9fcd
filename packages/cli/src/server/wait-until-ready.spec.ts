import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { examplePlan } from '../../test/example-plan.ts'
import type { DrillPlan } from '../drill/drill-plan.ts'
import { startServer } from './start-server.ts'
import { type ReadyServer, waitUntilReady } from './wait-until-ready.ts'

/** Starts a program of Node, and gives what `use` makes of it. */
async function withProgram<Value>(
  program: string,
  plan: Partial<DrillPlan>,
  use: (ready: ReadyServer, log: readonly string[]) => Value,
): Promise<Value> {
  const full = examplePlan({ command: [process.execPath, '-e', program], ...plan })
  const server = await startServer(full, 3, { WHO: '{replica} on {port}' })
  try {
    return use(await waitUntilReady(server, full), server.log)
  } finally {
    server.container.kill()
    await server.container.exited
  }
}

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
const listen = (port: string, handler = '(_, response) => response.end()') =>
  `require('http').createServer(${handler}).listen(${port})`
const probes = (statusOf: string) => `(request, response) => response.writeHead(${statusOf}).end()`

describe('startServer', () => {
  it('gives the command its port, its platform and what is filled in', async () => {
    const program = `console.log(process.env.WHO, process.env.KUBERNETES_SERVICE_HOST); ${listen('process.env.PORT')}`
    await withProgram(program, {}, ({ port }, log) => expect(log).toEqual([`3 on ${port} 127.0.0.1`]))
  })
})

describe('waitUntilReady', () => {
  it('finds the port and the probes of a server', async () => {
    const program = listen('process.env.PORT', probes('200'))
    await withProgram(program, {}, (ready) => {
      expect(ready).toMatchObject({ protocol: 'http1', findings: ['It listens on the PORT it is given.'] })
      expect([ready.readiness?.pathname, ready.liveness?.pathname]).toEqual(['/readyz', '/livez'])
      expect(Number(ready.url.port)).toBe(ready.port)
    })
  })

  // Other systems do not tell who listens where.
  it.skipIf(process.platform !== 'linux')('finds a server that listens where it wants', async () => {
    await withProgram(listen('0'), {}, ({ findings, pids }) => {
      expect(findings[0]).toMatch(/^It listens on \d+, not on the PORT it is given\.$/)
      expect(pids).toHaveLength(1)
    })
  })

  it.skipIf(process.platform !== 'linux' || !hasIpv6)('finds a server that listens on ::1 alone', async () => {
    const program = listen("process.env.PORT, '::1'")
    await withProgram(program, {}, ({ url }) => expect(url.hostname).toBe('[::1]'))
  })

  it('takes a server that does not know the usual paths for ready once it listens', async () => {
    const program = listen('process.env.PORT', probes("request.url === '/' ? 200 : 404"))
    await withProgram(program, {}, ({ readiness, liveness, findings }) => {
      expect([readiness, liveness]).toEqual([undefined, undefined])
      expect(findings).toContain('It does not know /readyz: it is ready when it accepts connections.')
      expect(findings).toContain('It does not know /livez: its liveness is not judged.')
    })
  })

  it('waits until the readiness is green', async () => {
    const program = `let asked = 0; ${listen('process.env.PORT', probes("request.url !== '/readyz' || ++asked > 3 ? 200 : 503"))}`
    await withProgram(program, {}, ({ readiness }) => expect(readiness).toBeDefined())
  })

  it('finds a server that speaks HTTP/2 alone', async () => {
    const program = `require('http2').createServer((_, response) => response.end()).listen(process.env.PORT)`
    await withProgram(program, {}, (ready) => expect(ready).toMatchObject({ protocol: 'http2', readiness: undefined }))
  })

  it('says how a command ended, and what it said last', async () => {
    const program = "console.error('no database'); process.exitCode = 7"
    await expect(withProgram(program, {}, () => {})).rejects.toMatchObject({
      code: 'LASTCALL_START_FAILED',
      message: expect.stringMatching(
        /^The command ended before it listened on a port \(exit code 7\)\.\n {2}no database\n.*--url/,
      ) as string,
    })
  })

  it('does not wait for ever', async () => {
    const program = listen('process.env.PORT', probes("request.url === '/readyz' ? 503 : 200"))
    await expect(withProgram(program, { startTimeoutMs: 1500 }, () => {})).rejects.toMatchObject({
      message: expect.stringContaining('1500 ms, and they were over before it was ready') as string,
    })
  })
})
