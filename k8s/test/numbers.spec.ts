import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findUnexplained } from './find-unexplained.ts'
import { pathOf } from './render.ts'

const files = globSync('{base,overlays}/**/*.yaml', { cwd: pathOf('') }).sort()

describe('the manifests', () => {
  it.each(files)('%s says where each number comes from', (file) => {
    expect(findUnexplained(readFileSync(pathOf(file), 'utf8'))).toEqual([])
  })
})

describe('findUnexplained', () => {
  it('takes a comment beside a number, and one above it', () => {
    const text = 'a: 1 # one\n# Two.\nb:\n  - name: B\n    value: "2"\nc:\n  memory: 3Gi # three\n'
    expect(findUnexplained(text)).toEqual([])
  })

  it('names a number without one, and the second below one', () => {
    expect(findUnexplained('a: 1\n# Two.\nb: 2\nc: 500m\nd: x.y=4 # four\n')).toEqual([
      'line 1: a: 1',
      'line 4: c: 500m',
    ])
  })

  it('leaves alone what is no number: versions, addresses, names', () => {
    expect(findUnexplained('apiVersion: v1\ntag: 0.1.0\nhost: 127.0.0.1\nimage: postgres:17\n')).toEqual([])
  })
})
