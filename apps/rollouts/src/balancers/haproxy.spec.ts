import { describe, expect, it } from 'vitest'
import { haproxyConfig, parseRouted } from './haproxy.ts'

const CSV = `# pxname,svname,qcur,scur,status,weight
clients,FRONTEND,,1,OPEN,
orders,0,0,0,UP,1
orders,1,0,0,DOWN,1
orders,2,0,0,UP 1/2,1
orders,BACKEND,0,0,UP,2
`

describe('parseRouted', () => {
  it('gives the servers of the backend that are up, one that is about to be called down too', () => {
    expect(parseRouted(CSV)).toEqual([0, 2])
  })
})

describe('haproxyConfig', () => {
  it('has a server for each slot, which is asked for its readiness', () => {
    const config = haproxyConfig({ addresses: ['10.0.0.2', '10.0.0.3'], port: 3000, probePort: 9000 }, 8080, 8081)
    expect(config).toContain('  server 0 10.0.0.2:3000\n  server 1 10.0.0.3:3000\n')
    expect(config).toContain('default-server check port 9000')
    expect(config).toContain('option httpchk GET /readyz')
  })
})
