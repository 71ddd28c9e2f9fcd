import { localhostCertificate } from '@lastcall/testing'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { askProbe, MAX_OUTPUT_BYTES } from './ask-probe.ts'

const TIMEOUT_MS = 30_000

let server: Server | undefined
afterEach(() => server?.close())

async function listen(answer: RequestListener, secure = false): Promise<string> {
  server = secure ? createSecureServer(localhostCertificate, answer) : createServer(answer)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/livez`
}

describe('askProbe', () => {
  it.each([200, 204, 302, 399])('takes %d for green', async (status) => {
    const url = await listen((_request, response) => response.writeHead(status).end())
    expect(await askProbe({ url, timeoutMs: TIMEOUT_MS })).toEqual({
      ok: true,
      output: Buffer.from(`${url} answered ${status}\n`),
    })
  })

  it.each([400, 404, 500, 503])('takes %d for red, and shows what it says', async (status) => {
    const url = await listen((_request, response) => response.writeHead(status).end('{"status":"fail"}'))
    const { ok, output } = await askProbe({ url, timeoutMs: TIMEOUT_MS })
    expect(ok).toBe(false)
    expect(output.toString()).toBe(`${url} answered ${status}\n{"status":"fail"}`)
  })

  it('asks as a probe does: on a connection of its own, with a name', async () => {
    const headers: object[] = []
    const url = await listen((request, response) => {
      headers.push(request.headers)
      response.end()
    })
    await askProbe({ url, timeoutMs: TIMEOUT_MS })
    expect(headers).toEqual([
      expect.objectContaining({ 'user-agent': 'lastcall-probe', accept: '*/*', connection: 'close' }),
    ])
  })

  it('speaks HTTPS, and leaves the certificate to clients from outside', async () => {
    const url = await listen((_request, response) => response.end(), true)
    expect(await askProbe({ url, timeoutMs: TIMEOUT_MS })).toMatchObject({ ok: true })
  })

  it.each([
    ['é of two bytes', 'é', 0xc3],
    ['bytes that are no text', '\xff', 0xff],
  ])('prints no more than Docker keeps, however long the answer is: %s', async (_, text, byte) => {
    const body = Buffer.from(text.repeat(2 * MAX_OUTPUT_BYTES), byte === 0xff ? 'latin1' : 'utf8')
    const url = await listen((_request, response) => {
      // It never ends: what is not printed is not waited for.
      response.write(body)
    })
    const { ok, output } = await askProbe({ url, timeoutMs: TIMEOUT_MS })
    expect(ok).toBe(true)
    expect(output.length).toBeLessThanOrEqual(MAX_OUTPUT_BYTES)
    expect(output.length).toBeGreaterThan(MAX_OUTPUT_BYTES - 2)
    if (byte !== 0xff) expect(output.toString()).not.toContain('\ufffd')
  })

  it.each<[string, RequestListener]>([
    ['no answer', () => {}],
    ['an answer that does not end', (_request, response) => response.write('…')],
  ])('gives up: %s', async (_, answer) => {
    const url = await listen(answer)
    const { ok, output } = await askProbe({ url, timeoutMs: 50 })
    expect(ok).toBe(false)
    expect(output.toString()).toBe(`${url} did not answer: it took longer than 50 ms\n`)
  })

  it('tells of an answer that breaks off, and of a port where nobody listens', async () => {
    const url = await listen((request, response) => response.write('half', () => request.socket.destroy()))
    const broken = await askProbe({ url, timeoutMs: TIMEOUT_MS })
    expect(broken.ok).toBe(false)
    expect(broken.output.toString()).toMatch(/did not answer: (aborted|read ECONNRESET)\n$/)

    server?.close()
    const refused = await askProbe({ url, timeoutMs: TIMEOUT_MS })
    expect(refused.ok).toBe(false)
    expect(refused.output.toString()).toMatch(/did not answer: connect ECONNREFUSED/)
  })
})
