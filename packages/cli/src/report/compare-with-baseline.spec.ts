import { isLastcallError } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { exampleLossyRun, exampleResult, exampleRun } from '../../test/example-result.ts'
import { compareWithBaseline, parseBaseline } from './compare-with-baseline.ts'
import { toJson } from './to-json.ts'

function errorOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return isLastcallError(error) ? `${error.code}: ${error.message}` : error
  }
}

describe('compareWithBaseline', () => {
  it('finds nothing in the same result, also where that has losses', () => {
    expect(compareWithBaseline(exampleResult(), exampleResult())).toEqual([])
    const lossy = exampleResult([exampleLossyRun()])
    expect(compareWithBaseline(lossy, lossy)).toEqual([])
  })

  it('finds nothing where all got better', () => {
    expect(compareWithBaseline(exampleResult(), exampleResult([exampleLossyRun({ exitMs: 20_000 })]))).toEqual([])
  })

  it('names each figure that got worse, of the worst run', () => {
    const now = exampleResult([exampleRun(), exampleLossyRun({ run: 2, exitMs: 9000, exitCode: 1 })])
    expect(compareWithBaseline(now, exampleResult()).map(({ figure, text }) => [figure, text])).toEqual([
      ['lost', 'terminate: 37 of 1 240 requests lost, the baseline: 0 of 1 312 requests lost'],
      ['exit', 'terminate: exit code 1, the baseline: exit code 0'],
      ['exitMs', 'terminate: exit after 9.00 s, the baseline: after 5.43 s'],
      ['verdict', expect.stringContaining('terminate: LOST is new: 37 of 1240')],
      ['verdict', expect.stringContaining('NO-DRAIN-WINDOW is new')],
      ['verdict', expect.stringContaining('NO-CLOSE-HEADER is new')],
    ])
  })

  it('lets an exit differ by what runs differ by', () => {
    const baseline = exampleResult([exampleRun({ exitMs: 200 })])
    expect(compareWithBaseline(exampleResult([exampleRun({ exitMs: 650 })]), baseline)).toEqual([])
    expect(compareWithBaseline(exampleResult([exampleRun({ exitMs: 750 })]), baseline)).toMatchObject([
      { figure: 'exitMs' },
    ])
  })

  it('lets losses differ too, save where there were none', () => {
    const baseline = exampleResult([exampleLossyRun({ lost: 40 })])
    expect(compareWithBaseline(exampleResult([exampleLossyRun({ lost: 60 })]), baseline)).toEqual([])
    expect(compareWithBaseline(exampleResult([exampleLossyRun({ lost: 61 })]), baseline)).toMatchObject([
      { figure: 'lost' },
    ])
    const one = exampleResult([exampleRun({ lost: 1 })])
    expect(compareWithBaseline(one, exampleResult())).toMatchObject([{ figure: 'lost' }])
  })

  it('does not judge latency', () => {
    const { latency } = exampleRun()
    const slow = { ...latency.during, p99Ms: 9000, maxMs: 9000 }
    const now = exampleResult([exampleRun({ latency: { ...latency, during: slow } })])
    expect(compareWithBaseline(now, exampleResult())).toEqual([])
  })

  it('compares the scenarios that both have, and refuses a baseline without any', () => {
    const [here, there] = [exampleRun(), exampleLossyRun({ scenario: 'http2' })]
    expect(compareWithBaseline(exampleResult([here, there]), exampleResult([here]))).toEqual([])
    expect(errorOf(() => compareWithBaseline(exampleResult([here]), exampleResult([there])))).toBe(
      'LASTCALL_INVALID_OPTION: The baseline has no run of terminate: run the scenarios it has, or save a new one with --json.',
    )
  })

  it('refuses a baseline of other settings', () => {
    const { settings } = exampleResult()
    const baseline = exampleResult([exampleRun()], { settings: { ...settings, url: 'http://127.0.0.1:9/', rps: 10 } })
    expect(errorOf(() => compareWithBaseline(exampleResult(), baseline))).toBe(
      'LASTCALL_INVALID_OPTION: The baseline was made with rps 10, this drill with 180: drill with the same settings, or save a new one with --json.',
    )
  })
})

describe('parseBaseline', () => {
  it('reads what a drill has written', () => {
    expect(parseBaseline(toJson(exampleResult()))).toEqual(exampleResult())
  })

  it.each([
    ['{', 'LASTCALL_INVALID_OPTION: The baseline is no JSON: save one with --json.'],
    ['[]', 'LASTCALL_INVALID_OPTION: The baseline is no result of a drill: save one with --json.'],
    [
      '{ "schemaVersion": 2 }',
      'LASTCALL_INVALID_OPTION: The baseline has schemaVersion 2, this version of lastcall reads 1: save a new one with --json.',
    ],
  ])('refuses %s', (text, message) => {
    expect(errorOf(() => parseBaseline(text))).toBe(message)
  })
})
