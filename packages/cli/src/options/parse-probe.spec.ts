import { describe, expect, it } from 'vitest'
import { parseProbe } from './parse-probe.ts'

describe('parseProbe', () => {
  it('reads a path, on the port of the service or on another', () => {
    expect(parseProbe('--ready', '/readyz')).toEqual({ path: '/readyz', port: undefined })
    expect(parseProbe('--ready', ':9000/readyz?verbose')).toEqual({ path: '/readyz?verbose', port: 9000 })
  })

  it('refuses what is no path', () => {
    expect(() => parseProbe('--ready', 'readyz')).toThrow('pass a path such as /readyz')
  })
})
