import { describe, expect, it, vi } from 'vitest'
import { createApp } from '../app.ts'
import { type PageRoutesOptions, registerPageRoutes } from './page-routes.ts'

const HEADERS = { host: 'localhost:3000', origin: 'http://localhost:3000' }

describe('registerPageRoutes', () => {
  function createPageApp(options: Partial<PageRoutesOptions> = {}) {
    const app = createApp('silent')
    const shutdown = vi.fn<PageRoutesOptions['lifecycle']['shutdown']>()
    registerPageRoutes(app, {
      ...{ lifecycle: { shutdown }, stopPolicy: 'local', livePort: () => 4321 },
      open: (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end('live'),
      ...options,
    })
    return { app, shutdown }
  }

  it('serves a page that may run its own scripts alone, and speak to this service alone', async () => {
    const { app } = createPageApp()
    const { body, headers } = await app.inject({ url: '/', headers: { host: 'localhost:3000' } })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
        "connect-src 'self' http://localhost:4321; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(body).toContain('data-live-port="4321" data-may-stop="true"')
    expect(body).not.toMatch(/<style|style=|<script>|https?:/)
  })

  it.each(["a'; script-src *", '[::1]:3000'])('puts no host into the policy that it cannot read: %s', async (host) => {
    const { app } = createPageApp()
    const { headers } = await app.inject({ url: '/', headers: { host } })
    expect(headers['content-security-policy']).toContain("connect-src 'self';")
  })

  it('serves every file that the page asks for', async () => {
    const { app } = createPageApp()
    const wanted = ['/page/main.js', '/page/page.css', '/page/icon.svg']
    for (const url of wanted) {
      const { statusCode, body } = await app.inject({ url })
      expect.soft(statusCode, url).toBe(200)
      for (const [, name] of body.matchAll(/from ?["']\.\/([\w-]+\.js)["']/g)) {
        if (!wanted.includes(`/page/${name}`)) wanted.push(`/page/${name}`)
      }
    }
    expect(wanted).toContain('/page/htm.js')
    expect((await app.inject({ url: '/page/..%2fconfig.ts' })).statusCode).toBe(404)
  })

  it('hands the live stream on', async () => {
    const { app } = createPageApp()
    expect((await app.inject({ url: '/live' })).body).toBe('live')
  })

  it('begins the shutdown when the page says stop', async () => {
    const { app, shutdown } = createPageApp()
    const { statusCode } = await app.inject({ method: 'POST', url: '/page/stop', headers: HEADERS, payload: {} })
    expect(statusCode).toBe(202)
    expect(shutdown).toHaveBeenCalledExactlyOnceWith('the stop button')
  })

  it.each([
    ['another site', { headers: { ...HEADERS, origin: 'http://evil.test' } }, {}],
    ['a foreign name', { headers: { host: 'evil.test', origin: 'http://evil.test' } }, {}],
    ['another machine', { headers: HEADERS, remoteAddress: '10.0.0.7' }, {}],
    ['anyone when it is off', { headers: HEADERS }, { stopPolicy: 'off' }],
  ] as const)('does not stop for %s', async (_, request, options) => {
    const { app, shutdown } = createPageApp(options)
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/page/stop', payload: {}, ...request })
    expect(statusCode).toBe(403)
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'STOP_NOT_ALLOWED' } })
    expect(shutdown).not.toHaveBeenCalled()
  })
})
