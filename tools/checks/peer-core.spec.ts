import { describe, expect, it } from 'vitest'
import { type Manifest, peerCore } from './peer-core.ts'
import { find, read } from './repository.ts'

const core = { name: '@lastcall/core', version: '1.0.0' }
const peer = { '@lastcall/core': '1.0.0' }

describe('peerCore', () => {
  it('finds nothing in this repository', () => {
    const manifests = find('{packages/*,apps/*,tools,tools/*}/package.json').map((path): Manifest =>
      JSON.parse(read(path)),
    )
    expect(manifests.length).toBeGreaterThan(5)
    expect(peerCore(manifests)).toEqual([])
  })

  it('finds nothing in a package that is a peer of the core, and in an application that depends on it', () => {
    const http = { name: '@lastcall/http', version: '1.0.0', peerDependencies: peer }
    expect(peerCore([core, http, { name: 'demo', version: '1.0.0', private: true, dependencies: peer }])).toEqual([])
  })

  it('finds nothing in a tool that brings the core', () => {
    const tool = { name: 'lastcall', version: '1.0.0', bin: { lastcall: './dist/main.js' }, dependencies: peer }
    expect(peerCore([core, tool])).toEqual([])
    expect(peerCore([core, { ...tool, bin: undefined }])).toHaveLength(2)
  })

  it('names a version of its own, a range, a copy of the core and a missing peer', () => {
    expect(peerCore([core, { name: 'a', version: '1.1.0', peerDependencies: peer }])).toEqual([
      'a is 1.1.0, the core is 1.0.0',
    ])
    expect(peerCore([core, { name: 'a', version: '1.0.0', peerDependencies: { '@lastcall/core': '^1.0.0' } }])).toEqual(
      ['a wants @lastcall/core ^1.0.0, not 1.0.0'],
    )
    expect(peerCore([core, { name: 'a', version: '1.0.0', dependencies: peer }])).toEqual([
      'a is not a peer of @lastcall/core',
      'a brings a copy of @lastcall/core',
    ])
  })
})
