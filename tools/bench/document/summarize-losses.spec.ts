import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readResult } from './results.ts'
import { placeLosses, summarizeLosses } from './summarize-losses.ts'

const TABLE = {
  columns: ['', 'slow', 'lost in all'],
  rows: [
    ['ours, defaults', '0', '0 (0–0)'],
    ['stoppable, defaults', '1', '7 (3–9)'],
    ['stoppable, best', '0', '1 (0–2)'],
  ],
}

describe('summarizeLosses', () => {
  it('puts the setups of a contender side by side', () => {
    expect(summarizeLosses(TABLE).rows).toEqual([
      ['ours', '0 (0–0)', '–'],
      ['stoppable', '7 (3–9)', '1 (0–2)'],
    ])
  })
})

describe('placeLosses', () => {
  it('replaces what stood between the marks, and nothing else', () => {
    const text = placeLosses('a\n\n<!-- losses -->\n\nold\n\n<!-- /losses -->\n\nb\n', TABLE)
    expect(text).toMatch(/^a\n\n<!-- losses -->\n\n\|.*\n\n<!-- \/losses -->\n\nb\n$/s)
    expect(text).toContain('7 (3–9)')
    expect(text).not.toContain('old')
  })

  it('refuses a document without the marks', () => {
    expect(() => placeLosses('a\n', TABLE)).toThrow('no place for the losses')
  })

  it('finds the README as it left it', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
    const [losses] = readResult('lost-requests')?.tables ?? []
    const cells = (text: string) => text.replaceAll(/[ -]+/g, ' ')
    expect(losses && cells(placeLosses(readme, losses))).toBe(cells(readme))
  })
})
