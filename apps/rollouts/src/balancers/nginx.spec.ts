import { describe, expect, it } from 'vitest'
import { nginxConfig } from './nginx.ts'

describe('nginxConfig', () => {
  it('has a server for each slot, and writes to its own folder alone', () => {
    const config = nginxConfig({ addresses: ['10.0.0.2', '10.0.0.3'], port: 3000, probePort: 9000 }, 8080, '/tmp/x')
    expect(config.match(/server 10\.0\.0\.[23]:3000 /g)).toHaveLength(2)
    const paths = config.match(/ \/\w+\/.*(?=;)/g) ?? []
    expect(paths.length).toBeGreaterThan(0)
    expect(paths.every((path) => path.startsWith(' /tmp/x/'))).toBe(true)
  })
})
