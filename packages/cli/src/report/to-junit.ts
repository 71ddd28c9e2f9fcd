import {
  type DrillResult,
  type RunResult,
  type SkippedScenario,
  VERDICT_CODES,
  type VerdictCode,
} from '../drill/result.ts'
import { plainText } from './plain-text.ts'
import { nameRun } from './summarize-drill.ts'
import { VERDICT_WORDS } from './words.ts'

/** The result as JUnit XML for CI: a test suite for each run, in it a test case for each thing that a drill judges. */
export function toJunit(result: DrillResult): string {
  const found = result.runs.reduce((sum, { verdicts }) => sum + verdicts.length, 0)
  const { tests, skipped } = counts(result.runs)
  const sums = { tests: tests + result.skipped.length, skipped: skipped + result.skipped.length }
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'lastcall drill', ...sums, failures: found })}>`,
    ...result.runs.flatMap((run) => testSuite(run, nameRun(run, result))),
    ...result.skipped.flatMap(skippedSuite),
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}

function testSuite(run: RunResult, name: string): string[] {
  const totals = { ...counts([run]), failures: run.verdicts.length, time: (run.exitMs / 1000).toFixed(3) }
  return [
    `  <testsuite${attributes({ name: `drill ${name}`, ...totals })}>`,
    ...VERDICT_CODES.flatMap((code) => testCase(run, code, name)),
    `    <system-out>${run.logTail.map(escape).join('\n')}</system-out>`,
    '  </testsuite>',
  ]
}

function testCase({ verdicts, judged }: RunResult, code: VerdictCode, name: string): string[] {
  const start = `    <testcase${attributes({ classname: `drill ${name}`, name: `${code}: ${VERDICT_WORDS[code].passed}` })}`
  const verdict = verdicts.find((each) => each.code === code)
  if (verdict !== undefined) {
    const { summary, cause, fix } = verdict
    const text = [summary, `Cause: ${cause}`, `Fix: ${fix}`].map(escape).join('\n')
    return [
      `${start}>`,
      `      <failure${attributes({ type: code, message: summary })}>${text}</failure>`,
      '    </testcase>',
    ]
  }
  return judged.includes(code)
    ? [`${start}/>`]
    : [`${start}>`, '      <skipped message="This run could not judge it."/>', '    </testcase>']
}

function skippedSuite({ scenario, reason }: SkippedScenario): string[] {
  return [
    `  <testsuite${attributes({ name: `drill ${scenario}`, tests: 1, skipped: 1, failures: 0 })}>`,
    `    <testcase${attributes({ classname: `drill ${scenario}`, name: 'the whole scenario' })}>`,
    `      <skipped${attributes({ message: reason })}/>`,
    '    </testcase>',
    '  </testsuite>',
  ]
}

function counts(runs: readonly RunResult[]): { tests: number; skipped: number } {
  const seen = runs.flatMap(({ verdicts, judged }) => [...new Set([...judged, ...verdicts.map(({ code }) => code)])])
  const tests = runs.length * VERDICT_CODES.length
  return { tests, skipped: tests - seen.length }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join('')
}

function escape(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
