import { describe, expect, it } from 'vitest'
import type { Contender } from '../contenders/contender.ts'
import type { Room } from '../room.ts'
import { formatDocument } from './format-document.ts'
import type { Result } from './results.ts'

const room: Room = { name: 'size', title: 'Bytes', text: 'How many.', measure: async () => [] }
const contender: Contender = {
  name: 'stoppable',
  packages: ['stoppable'],
  setups: [{ name: 'best', quote: 'stoppable(server)', start: () => {} }],
}
const result: Result = {
  circumstances: {
    date: '2026-01-02',
    node: '24.0.0',
    machine: 'linux, 2 processors',
    versions: { stoppable: '1.1.0' },
  },
  tables: [{ columns: ['', 'kB'], rows: [['stoppable', '0.8']] }],
}

describe('formatDocument', () => {
  const text = formatDocument([[room, result]], [contender])

  it('shows each room with its text, its table, and when and where it was measured', () => {
    expect(text).toContain('## Bytes\n\nHow many.\n\n|           |  kB |')
    expect(text).toContain('Measured on 2026-01-02 with Node 24.0.0 on linux, 2 processors.')
  })

  it('quotes every setup, and the version of every package', () => {
    expect(text).toContain('- stoppable, best: `stoppable(server)`')
    expect(text).toMatch(/\| stoppable \| +1\.1\.0 \|/)
  })
})
