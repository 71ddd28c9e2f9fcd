import { afterEach, describe, expect, it } from 'vitest'
import { type LiveServer, startLiveServer } from './live-server.ts'

describe('startLiveServer', () => {
  let server: LiveServer
  afterEach(() => server.close())

  async function ask(path: string, origin?: string): Promise<Response> {
    server = await startLiveServer({ port: 0, host: '127.0.0.1' }, (response, headers) =>
      response.writeHead(200, headers).end('live'),
    )
    return await fetch(`http://127.0.0.1:${server.port}${path}`, { ...(origin && { headers: { origin } }) })
  }

  it('answers the page, which is served on another port of the same host', async () => {
    const response = await ask('/live', 'http://127.0.0.1:3000')
    expect(response.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000')
    expect(await response.text()).toBe('live')
  })

  it.each(['http://evil.test', 'http://127.0.0.1.evil.test:3000', 'null', undefined])(
    'refuses what comes from %s',
    async (origin) => {
      const response = await ask('/live', origin)
      expect(response.status).toBe(403)
      expect(response.headers.has('access-control-allow-origin')).toBe(false)
    },
  )

  it('knows nothing else', async () => {
    expect((await ask('/orders', 'http://127.0.0.1:3000')).status).toBe(404)
  })

  it('rejects when the port is taken', async () => {
    await ask('/live')
    await expect(startLiveServer({ port: server.port, host: '127.0.0.1' }, () => {})).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
