import { describe, expect, it } from 'vitest'
import { exampleClasses, exampleLossyRun, exampleResult, exampleRun } from '../../../test/example-result.ts'
import type { DrillResult } from '../../drill/result.ts'
import { renderHtml } from './render-html.ts'

/** What a reader reads, in one line. */
const textOf = (result: DrillResult) =>
  renderHtml(result)
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('renderHtml', () => {
  it('says in a sentence what happened, and in another what was done', () => {
    expect(textOf(exampleResult([exampleLossyRun()]))).toContain('37 of 1 240 requests were lost failed')
    expect(textOf(exampleResult())).toContain('No request was lost passed')
    expect(textOf(exampleResult())).toContain('was put under a load of 180 requests a second on 20 connections')
  })

  it('gives each verdict with its cause and its fix, and says what passed and what was not judged', () => {
    const text = textOf(exampleResult([exampleLossyRun()]))
    expect(text).toContain('It stopped listening too early NO-DRAIN-WINDOW')
    expect(text).toContain('What to change Send Connection: close with every answer after the signal.')
    expect(text).toContain('Liveness stayed green')
    expect(text).toContain('Not judged in this run: READY-FLAP, PORT-BOUND.')
  })

  it('shows that nobody listened while new connections came, and only then', () => {
    expect(textOf(exampleResult([exampleLossyRun()]))).toContain('nobody listens')
    expect(textOf(exampleResult())).not.toContain('nobody listens')
  })

  it('shows readiness as far as it was seen', () => {
    expect(textOf(exampleResult())).toContain('readiness red: route elsewhere red +8 ms')
    expect(textOf(exampleResult([exampleLossyRun()]))).not.toContain('route elsewhere')
    expect(textOf(exampleResult([exampleLossyRun()]))).toContain('red: restart it green')
  })

  it('escapes what comes from the server and from the command', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const run = exampleLossyRun({
      logTail: [evil],
      losses: exampleLossyRun().losses.map((loss) => ({ ...loss, cause: evil, sample: evil })),
      verdicts: exampleLossyRun().verdicts.map(({ code }) => ({ code, summary: evil, cause: evil, fix: evil })),
      timeline: [{ kind: 'exit', atMs: 1, detail: evil }],
    })
    const page = renderHtml(exampleResult([run], { command: [evil], assumptions: [evil], profile: evil }))
    expect(page).not.toContain('<img')
    expect(page.split('&lt;img src=x onerror=alert(1)&gt;').length - 1).toBeGreaterThan(10)
  })

  it('has everything in itself, and no script', () => {
    const page = renderHtml(exampleResult([exampleLossyRun()]))
    expect(page).not.toMatch(/<script|@import|url\(|(?:src|href)="(?!#|data:,")/)
    expect(page).toContain("default-src 'none'")
  })

  it('leaves out of its pictures what comes before their axis', () => {
    const slow = { outcomes: { answered: 90 }, lost: 0, maxLatencyMs: 9000 }
    const { series } = exampleRun()
    const run = exampleRun({ series: { ...series, buckets: [slow, ...series.buckets.slice(1)] } })
    expect(textOf(exampleResult([run]))).toMatch(/up to 180\/s.+up to 15 ms/)
  })

  it('shows no picture of a load that there was not', () => {
    const series = { ...exampleRun().series, buckets: [] }
    const run = exampleRun({ scenario: 'signal-during-start', requests: 0, classes: exampleClasses(), series })
    expect(renderHtml(exampleResult([run]))).not.toMatch(/<svg|NaN|Infinity|undefined|All requests/)
  })

  it('lists several runs, and opens the first that has a verdict', () => {
    const skipped = [{ scenario: 'http2', reason: 'The server speaks no HTTP/2.' }] as const
    const runs = [exampleRun(), exampleLossyRun({ run: 2 }), exampleLossyRun({ run: 3 })]
    const result = exampleResult(runs, { skipped })
    const page = renderHtml(result)
    expect([...page.matchAll(/<details id="run-(\d)"( open)?/g)].map(([, id, open]) => [id, open])).toEqual([
      ['1', undefined],
      ['2', ' open'],
      ['3', undefined],
    ])
    expect(textOf(result)).toMatch(/http2 not run .+ The server speaks no HTTP\/2\./)
  })
})
