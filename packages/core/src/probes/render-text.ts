import type { ProbeCheck, ProbeResult } from './probe.ts'

const MARKS = { pass: '[+]', warn: '[!]', fail: '[-]' } as const
const WORDS = { pass: 'ok', warn: 'warning', fail: 'failed' } as const

/** The endpoint's name in its own last line, as in `readyz check passed`. */
const ENDPOINTS = { liveness: 'livez', readiness: 'readyz', startup: 'startupz' } as const

/** A line for each check, then the verdict: the form that the kube-apiserver answers `?verbose` with. */
export function renderText(
  result: ProbeResult,
  exclude: readonly string[],
  unknown: readonly string[],
  shown: boolean,
): string {
  return [
    ...result.checks.map((check) => line(check, shown)),
    ...exclude.filter((name) => !unknown.includes(name)).map((name) => `[+]${name} excluded: ok`),
    ...unknown.map((name) => `warn: some checks cannot be excluded: no match for ${JSON.stringify(name)}`),
    `${ENDPOINTS[result.kind]} check ${result.status === 'fail' ? 'failed' : 'passed'}`,
    '',
  ].join('\n')
}

function line({ name, status, output }: ProbeCheck, shown: boolean): string {
  const reason = shown ? (output ?? 'no reason given') : 'reason withheld'
  return `${MARKS[status]}${name} ${WORDS[status]}${status === 'pass' ? '' : `: ${reason}`}`
}
