import { describe, expect, it } from 'vitest'
import { exampleLossyRun, exampleResult, exampleRun } from '../../../test/example-result.ts'
import { formatDrill } from './format-drill.ts'

const linesOf = (text: string) => text.split('\n')
const lineOf = (text: string, start: string) => linesOf(text).find((line) => line.startsWith(start)) ?? ''

describe('formatDrill', () => {
  it('begins with the verdict', () => {
    expect(linesOf(formatDrill(exampleResult()))[0]).toBe('PASSED: 0 lost of 1 312 requests, exit code 0 after 5.43 s')
    expect(linesOf(formatDrill(exampleResult([exampleLossyRun()]), { width: 100 }))[0]).toBe(
      'LOST 37 of 1 240 requests, exit code 0 after 4.21 s: NO-CLOSE-HEADER, NO-DRAIN-WINDOW',
    )
    const { verdicts } = exampleLossyRun()
    const late = exampleRun({ verdicts: verdicts.slice(2), exitMs: 28_000 })
    expect(linesOf(formatDrill(exampleResult([late])))[0]).toBe(
      'FAILED: 0 lost of 1 312 requests, exit code 0 after 28.0 s: NO-CLOSE-HEADER',
    )
  })

  it('draws the shutdown in proportion', () => {
    const text = formatDrill(exampleResult())
    const [propagation, lameDuck, drain, exit] = ['propagation', 'lame duck', 'drain', 'exit'].map((name) =>
      lineOf(text, name),
    )
    expect(propagation).toMatch(/ 5\.00 s {2}new connections come$/)
    expect(lameDuck).toMatch(/ 5\.05 s {2}it still listens$/)
    expect(lameDuck?.lastIndexOf('█')).toBeGreaterThan(40)
    expect(drain?.indexOf('█')).toBeGreaterThanOrEqual(lameDuck?.lastIndexOf('█') ?? 0)
    expect(drain).toMatch(/ 379 ms {2}it finishes the rest$/)
    expect(exit?.indexOf('◆')).toBeGreaterThanOrEqual(drain?.lastIndexOf('█') ?? 0)
    expect(text).toContain('+8 ms readiness red (503) ·')
  })

  it('shows when a drain has nothing left to finish, and when requests were lost', () => {
    const text = formatDrill(exampleResult([exampleLossyRun()]))
    expect(lineOf(text, 'drain')).toMatch(/^drain +█+░+ +4\.21 s {2}nothing left for 3\.02 s$/)
    expect(lineOf(text, 'lost  ')).toMatch(/^lost +▪+ +37 {2}requests$/)
  })

  it('counts what was lost by outcome and phase, and says why', () => {
    const text = formatDrill(exampleResult([exampleLossyRun()]))
    expect(linesOf(text)).toContain('lost           drain  after exit  in all')
    expect(lineOf(text, 'refused').split(/ {2,}/)).toEqual(['refused', '12', '24', '36'])
    expect(text).toContain('36  refused: the platform still routed to it, from +12 ms to +4.98 s')
    expect(text).toContain('    GET / on a new connection: ECONNREFUSED after 1 ms')
  })

  it('gives each verdict with its cause and its fix, then what passed, suggestions and assumptions', () => {
    const text = formatDrill(exampleResult([exampleLossyRun()]))
    const order = [
      'NO-CLOSE-HEADER  803 of 803 answers',
      '  cause  From +14 ms on, clients go on',
      '  fix    Send Connection: close with every answer after the signal.',
      'passed  it exited in time',
      'suggested\n  drain 3 s  ',
      'assumed\n  - The server listens on port 3000',
    ].map((part) => text.indexOf(part))
    expect(order).not.toContain(-1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(text).not.toContain('no request was lost')
  })

  it('shows the last lines of a server that failed', () => {
    const run = exampleRun({ exitCode: 1, logTail: ['Error: \u001b[31mno pool\u001b[0m'] })
    expect(formatDrill(exampleResult([run]))).toContain('its last lines\n  Error: no pool')
    expect(formatDrill(exampleResult())).not.toContain('its last lines')
  })

  it('lists several runs, and shows those in full that have a verdict', () => {
    const skipped = [{ scenario: 'rolling-restart', reason: 'The command does not take PORT.' }] as const
    const runs = [exampleRun(), exampleRun({ run: 2 }), exampleLossyRun({ scenario: 'http2' })]
    const text = formatDrill(exampleResult(runs, { skipped }))
    expect(text).toMatch(/^LOST 37 of 3 864 requests, in 3 runs: /)
    expect(text).toContain('✓ terminate 2: 0 of 1 312 requests lost, exit code 0 after 5.43 s')
    expect(text).toContain('✗ http2: 37 of 1 240 requests lost')
    expect(text).toContain('- rolling-restart: not run. The command does not take PORT.')
    expect(text.match(/^lame duck/gm)).toHaveLength(1)
  })

  it('keeps to the width, and paints only when it is told to', () => {
    for (const width of [60, 80, 100]) {
      const lines = linesOf(formatDrill(exampleResult([exampleLossyRun()]), { width }))
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    }
    const escape = String.fromCodePoint(27)
    expect(formatDrill(exampleResult())).not.toContain(escape)
    expect(formatDrill(exampleResult(), { colors: true })).toContain(`${escape}[32mPASSED`)
  })
})
