import { describe, expect, it } from 'vitest'
import { formatTable } from './table.ts'

describe('formatTable', () => {
  it('pads every column, text to the left and numbers to the right', () => {
    const text = formatTable({
      columns: ['who', 'ms'],
      rows: [
        ['a', '1'],
        ['longer', '1,000'],
      ],
    })
    expect(text.split('\n')).toEqual([
      '| who    |    ms |',
      '| ------ | ----: |',
      '| a      |     1 |',
      '| longer | 1,000 |',
    ])
  })

  it('shows an empty cell where a row is short, and keeps a bar from ending a cell', () => {
    expect(formatTable({ columns: ['a', 'b'], rows: [['x|y']] })).toContain('| x\\|y |     |')
  })
})
