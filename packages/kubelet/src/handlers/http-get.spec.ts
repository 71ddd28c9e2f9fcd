import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { serveHttp } from '../../test/serve.ts'
import { resolveProbe } from '../spec/resolve-probe.ts'
import type { HttpGetAction, ResolvedHttpGet } from '../spec/probe-spec.ts'
import { httpGet, urlOf } from './http-get.ts'

const never = new AbortController().signal

/** What each request of one GET brought, as it stood on the wire. */
async function requestsOf(httpHeaders: HttpGetAction['httpHeaders'], location?: (port: number) => string) {
  const requests: IncomingMessage[] = []
  await using server = await serveHttp((request, response) => {
    requests.push(request)
    const redirects = location && requests.length === 1
    response.writeHead(redirects ? 302 : 200, redirects ? { location: location(server.port) } : {}).end()
  })
  const { handler } = resolveProbe({ httpGet: { port: server.port, httpHeaders: httpHeaders ?? [] } }, 'readiness')
  const action = handler as ResolvedHttpGet
  const response = await httpGet(urlOf(action, {}), action, 'kube-probe', never)
  response.resume()
  const onWire = requests.map(({ rawHeaders }) =>
    rawHeaders.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${rawHeaders[index + 1]}` : [])).toSorted(),
  )
  return { onWire, port: server.port }
}

describe('httpGet', () => {
  it('sends the headers of the kubelet and no others', async () => {
    const { onWire, port } = await requestsOf([])
    expect(onWire).toEqual([
      ['Accept: */*', 'Connection: close', `Host: 127.0.0.1:${port}`, 'User-Agent: kube-probe/1.34'],
    ])
  })

  it('replaces User-Agent and Accept, and sends the rest as it is, twice where it is there twice', async () => {
    const { onWire } = await requestsOf([
      { name: 'user-agent', value: 'mine' },
      { name: 'Accept', value: 'text/plain' },
      { name: 'X-Muffins-Or-Cupcakes', value: 'Muffins' },
      { name: 'x-muffins-or-cupcakes', value: 'Cupcakes' },
    ])
    expect(onWire[0]).toEqual([
      'Accept: text/plain',
      'Connection: close',
      expect.stringMatching(/^Host: /),
      'X-Muffins-Or-Cupcakes: Cupcakes',
      'X-Muffins-Or-Cupcakes: Muffins',
      'user-agent: mine',
    ])
  })

  it('sends neither User-Agent nor Accept where they are empty', async () => {
    const { onWire } = await requestsOf([
      { name: 'User-Agent', value: '' },
      { name: 'Accept', value: '' },
    ])
    expect(onWire[0]).toEqual(['Connection: close', expect.stringMatching(/^Host: /)])
  })

  it('keeps a Host of its own over a redirect that is relative', async () => {
    const { onWire } = await requestsOf([{ name: 'Host', value: 'muffins.org' }], () => '/success')
    expect(onWire).toHaveLength(2)
    for (const headers of onWire) expect(headers).toContain('Host: muffins.org')
  })

  it('takes the Host of the location over a redirect that is absolute', async () => {
    const { onWire, port } = await requestsOf(
      [{ name: 'Host', value: 'muffins.org' }],
      (port) => `http://127.0.0.1:${port}/success`,
    )
    expect(onWire[0]).toContain('Host: muffins.org')
    expect(onWire[1]).toContain(`Host: 127.0.0.1:${port}`)
  })
})

describe('urlOf', () => {
  const action: ResolvedHttpGet = { path: '/', port: 80, scheme: 'HTTP', httpHeaders: [] }

  it.each([
    [{}, {}, 'http://127.0.0.1:80/'],
    [{ scheme: 'HTTPS' }, { host: '::1', ports: { 80: 8080 } }, 'https://[::1]:8080/'],
    [{ path: '//double' }, {}, 'http://127.0.0.1:80//double'],
  ] as const)('makes an address of %o and %o', (part, target, url) => {
    expect(urlOf({ ...action, ...part }, target)).toBe(url)
  })
})
