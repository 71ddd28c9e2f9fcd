import { describe, expect, it } from 'vitest'
import { formatBanner } from './banner.ts'

const facts = { host: '127.0.0.1', port: 3000, probePort: 9000, database: 'embedded PostgreSQL in /data', pid: 42 }

describe('formatBanner', () => {
  it('says where the service is, how to send it something and how to stop it', () => {
    const banner = formatBanner(facts)
    expect(banner).toContain('ready on http://127.0.0.1:3000, with embedded PostgreSQL in /data')
    expect(banner).toContain('Open its page     http://127.0.0.1:3000/\n')
    expect(banner).toContain(`curl http://127.0.0.1:3000/orders -H 'content-type: application/json' -d '{"customer"`)
    expect(banner).toContain('curl -N http://127.0.0.1:3000/events')
    expect(banner).toContain(`curl 'http://127.0.0.1:9000/readyz?verbose'`)
    expect(banner).toContain('Ctrl-C here, or: kill -TERM 42')
  })

  it('sends to the main port for probes that have none of their own', () => {
    expect(formatBanner({ ...facts, probePort: undefined })).toContain(`curl 'http://127.0.0.1:3000/readyz?verbose'`)
  })

  it.each([
    ['0.0.0.0', 'http://localhost:3000'],
    ['::', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
    ['orders.test', 'http://orders.test:3000'],
  ])('writes the address of %s as it can be typed', (host, url) => {
    expect(formatBanner({ ...facts, host })).toContain(`ready on ${url}, `)
  })
})
