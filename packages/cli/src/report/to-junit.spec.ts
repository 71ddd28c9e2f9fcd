import { describe, expect, it } from 'vitest'
import { exampleLossyRun, exampleResult, exampleRun } from '../../test/example-result.ts'
import { VERDICT_CODES } from '../drill/result.ts'
import { toJunit } from './to-junit.ts'

const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
const tags = (xml: string, name: string) => [...xml.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'g'))].map(([tag]) => tag)

/** The names of elements that are open at the end, or that were closed out of order. */
function unbalanced(xml: string): string[] {
  const open: string[] = []
  for (const [, slash, name = '', , self] of xml.matchAll(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (slash === '/' && open.pop() !== name) return [name]
    if (slash === '' && self === '') open.push(name)
  }
  return open
}

describe('toJunit', () => {
  it('has a suite for each run, and in it a case for everything that a drill judges', () => {
    const xml = toJunit(exampleResult([exampleRun(), exampleLossyRun({ run: 2 })]))
    expect(tags(xml, 'testsuite').map((tag) => attribute(tag, 'name'))).toEqual([
      'drill terminate 1',
      'drill terminate 2',
    ])
    expect(tags(xml, 'testcase')).toHaveLength(2 * VERDICT_CODES.length)
    expect(unbalanced(xml)).toEqual([])
  })

  it('counts what failed and what could not be judged', () => {
    const xml = toJunit(exampleResult([exampleRun(), exampleLossyRun({ run: 2 })]))
    const [all = ''] = tags(xml, 'testsuites')
    expect(attribute(all, 'tests')).toBe(String(2 * VERDICT_CODES.length))
    expect(attribute(all, 'failures')).toBe(String(tags(xml, 'failure').length))
    expect(attribute(all, 'skipped')).toBe(String(tags(xml, 'skipped').length))
    expect(tags(xml, 'failure').map((tag) => attribute(tag, 'type'))).toEqual([
      ...['LOST', 'NO-CLOSE-HEADER', 'NO-DRAIN-WINDOW'],
    ])
    expect(xml).toContain('Fix: Send Connection: close with every answer after the signal.')
  })

  it('has a skipped suite for a scenario that was not run', () => {
    const skipped = [{ scenario: 'http2', reason: 'The server speaks no HTTP/2.' }] as const
    const xml = toJunit(exampleResult([exampleRun()], { skipped }))
    expect(attribute(tags(xml, 'testsuite')[1] ?? '', 'name')).toBe('drill http2')
    expect(xml).toContain('<skipped message="The server speaks no HTTP/2."/>')
    expect(attribute(tags(xml, 'testsuites')[0] ?? '', 'tests')).toBe(String(VERDICT_CODES.length + 1))
  })

  it('stays XML whatever the server writes', () => {
    const xml = toJunit(exampleResult([exampleRun({ logTail: ['</system-out> & \u001b[31m"x"\u0000 ]]>'] })]))
    expect(xml).toContain('&lt;/system-out&gt; &amp; &quot;x&quot;  ]]&gt;</system-out>')
    expect(unbalanced(xml)).toEqual([])
  })
})
