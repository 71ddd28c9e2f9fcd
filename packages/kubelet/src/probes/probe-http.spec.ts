import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createFakeClock } from '@lastcall/core/testing'
import { localhostCertificate } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { listen, serveHttp } from '../../test/serve.ts'
import type { HttpGetAction } from '../spec/probe-spec.ts'
import { resolveProbe } from '../spec/resolve-probe.ts'
import { runProbe } from './run-probe.ts'

/** Far more than any of these exchanges takes: those that time out do so on the fake clock. */
const timeoutMs = 30_000

function probe(port: number, action: Partial<HttpGetAction> = {}) {
  const { handler } = resolveProbe({ httpGet: { port, ...action } }, 'readiness')
  return runProbe(handler, {}, { timeoutMs })
}

const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body)

/** The server of upstream's redirect tests: `/redirect` leads to `location`, everything else answers `status`. */
const redirectTo =
  (location: string, { code = 302, status = 200 } = {}): RequestListener =>
  ({ url }, response) =>
    void response.writeHead(url === '/redirect' ? code : status, { location }).end(url)

describe('probeHttp', () => {
  it.each([200, 201, 204, 299])('succeeds with %d', async (status) => {
    await using server = await serveHttp(answer(status))
    expect(await probe(server.port)).toEqual({ outcome: 'success', message: '' })
  })

  it('says the body when it succeeds', async () => {
    await using server = await serveHttp(answer(200, {}, 'all is well'))
    expect(await probe(server.port)).toEqual({ outcome: 'success', message: 'all is well' })
  })

  it.each([400, 404, 500, 503])('fails with %d, and withholds the body', async (status) => {
    await using server = await serveHttp(answer(status, {}, 'secret'))
    expect(await probe(server.port)).toEqual({
      outcome: 'failure',
      message: `HTTP probe failed with statuscode: ${status}`,
    })
  })

  it.each([301, 302, 303, 307, 308])('follows a redirect with %d', async (code) => {
    await using server = await serveHttp(redirectTo('/success', { code }))
    expect(await probe(server.port, { path: '/redirect' })).toEqual({ outcome: 'success', message: '/success' })
  })

  it.each([300, 301, 304])('takes a %d that leads nowhere for a success, with a warning', async (code) => {
    await using server = await serveHttp(answer(code))
    expect(await probe(server.port)).toEqual({
      outcome: 'success',
      message: '',
      warning: 'Probe terminated redirects, Response body: ',
    })
  })

  it('fails when the redirect leads to a 500', async () => {
    await using server = await serveHttp(redirectTo('/failure', { status: 500 }))
    expect(await probe(server.port, { path: '/redirect' })).toEqual({
      outcome: 'failure',
      message: 'HTTP probe failed with statuscode: 500',
    })
  })

  it('does not follow a redirect to another host: that is a success with a warning', async () => {
    await using server = await serveHttp(redirectTo('http://elsewhere.invalid/'))
    expect(await probe(server.port, { path: '/redirect' })).toEqual({
      outcome: 'success',
      message: '/redirect',
      warning: 'Probe terminated redirects, Response body: /redirect',
    })
  })

  it('follows a redirect to another port of the same host', async () => {
    await using other = await serveHttp(answer(200, {}, 'over here'))
    await using server = await serveHttp(redirectTo(`http://127.0.0.1:${other.port}/`))
    expect(await probe(server.port, { path: '/redirect' })).toEqual({ outcome: 'success', message: 'over here' })
  })

  it('fails on a redirect loop, after ten requests', async () => {
    let requests = 0
    await using server = await serveHttp((_request, response) => {
      requests++
      response.writeHead(302, { location: '/' }).end()
    })
    expect(await probe(server.port)).toEqual({
      outcome: 'failure',
      message: `Get "http://127.0.0.1:${server.port}/": stopped after 10 redirects`,
    })
    expect(requests).toBe(10)
  })

  it('fails on a redirect to what is not HTTP', async () => {
    await using server = await serveHttp(redirectTo('ftp://127.0.0.1/'))
    const { outcome, message } = await probe(server.port, { path: '/redirect' })
    expect(outcome).toBe('failure')
    expect(message).toContain('unsupported protocol scheme "ftp"')
  })

  it('reads 10 KiB of a body that is one byte longer, and succeeds', async () => {
    await using server = await serveHttp(answer(200, {}, 'a'.repeat(10 * 1024 + 1)))
    const { outcome, message } = await probe(server.port)
    expect(outcome).toBe('success')
    expect(message).toBe('a'.repeat(10 * 1024))
  })

  it('does not wait for the end of a body that has no end', async () => {
    await using server = await serveHttp((_request, response) => {
      const write = () => response.write('a'.repeat(1024), (error) => error ?? write())
      write()
    })
    expect(await probe(server.port)).toMatchObject({ outcome: 'success' })
  })

  it('fails when the time is over before the headers', async () => {
    const clock = createFakeClock()
    const asked = Promise.withResolvers<void>()
    await using server = await serveHttp(() => asked.resolve())
    const { handler } = resolveProbe({ httpGet: { port: server.port } }, 'liveness')
    const result = runProbe(handler, {}, { timeoutMs: 1000, clock })
    await asked.promise
    await clock.advance(1000)
    expect(await result).toEqual({
      outcome: 'failure',
      message: `Get "http://127.0.0.1:${server.port}/": no answer within 1000 ms`,
    })
  })

  it.each([200, 500])('counts a %d whose body stalls as neither success nor failure', async (status) => {
    const clock = createFakeClock()
    await using server = await serveHttp((_request, response) => void response.writeHead(status).write('half'))
    const { handler } = resolveProbe({ httpGet: { port: server.port } }, 'liveness')
    const headers = nextResponse()
    const result = runProbe(handler, {}, { timeoutMs: 1000, clock })
    await headers
    await clock.advance(1000)
    expect(await result).toEqual({
      outcome: 'unknown',
      message: 'The body broke off after the headers: no answer within 1000 ms',
    })
  })

  it('counts a body that breaks off as neither', async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    expect(await probe(server.port)).toMatchObject({ outcome: 'unknown' })
  })

  it('is unknown when it is stopped', async () => {
    const controller = new AbortController()
    await using server = await serveHttp(() => controller.abort())
    const { handler } = resolveProbe({ httpGet: { port: server.port } }, 'liveness')
    const stopped = { outcome: 'unknown', message: 'the probe was stopped' }
    expect(await runProbe(handler, {}, { timeoutMs, signal: controller.signal })).toEqual(stopped)
    expect(await runProbe(handler, {}, { timeoutMs, signal: controller.signal })).toEqual(stopped)
  })

  it('fails when nothing listens', async () => {
    const { port, [Symbol.asyncDispose]: close } = await serveHttp(answer(200))
    await close()
    expect(await probe(port)).toEqual({
      outcome: 'failure',
      message: `Get "http://127.0.0.1:${port}/": connect ECONNREFUSED 127.0.0.1:${port}`,
    })
  })

  it('asks over TLS without looking at the certificate', async () => {
    await using server = await listen(createHttpsServer(localhostCertificate, answer(200, {}, 'secure')))
    expect(await probe(server.port, { scheme: 'HTTPS' })).toEqual({ outcome: 'success', message: 'secure' })
  })

  it('finds the port of the manifest where the target says, save on a host of its own', async () => {
    await using server = await serveHttp(({ headers, url }, response) => void response.end(`${headers.host}${url}`))
    const run = (action: Partial<HttpGetAction>, ports: Record<number, number>) => {
      const { handler } = resolveProbe({ httpGet: { port: 3000, path: 'a?b=c', ...action } }, 'readiness')
      return runProbe(handler, { host: 'localhost', ports }, { timeoutMs })
    }
    expect(await run({}, { 3000: server.port })).toMatchObject({ message: `localhost:${server.port}/a?b=c` })
    const elsewhere = { host: '127.0.0.1', port: server.port }
    expect(await run(elsewhere, { [server.port]: 1 })).toMatchObject({ message: `127.0.0.1:${server.port}/a?b=c` })
  })
})

function nextResponse(): Promise<void> {
  return new Promise((resolve) => {
    const onResponse = () => {
      unsubscribe('http.client.response.finish', onResponse)
      resolve()
    }
    subscribe('http.client.response.finish', onResponse)
  })
}
