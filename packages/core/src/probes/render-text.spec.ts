import { describe, expect, it } from 'vitest'
import type { ProbeResult } from './probe.ts'
import { renderText } from './render-text.ts'

const result: ProbeResult = {
  ...{ kind: 'readiness', status: 'fail', state: 'running' },
  checks: [
    { name: 'lifecycle', status: 'pass', output: 'running' },
    { name: 'db', status: 'fail', output: 'password of orders refused' },
    { name: 'cache', status: 'warn' },
  ],
}

describe('renderText', () => {
  it('has a line for each check, then the verdict', () => {
    expect(renderText(result, [], [], true)).toBe(
      '[+]lifecycle ok\n[-]db failed: password of orders refused\n[!]cache warning: no reason given\nreadyz check failed\n',
    )
  })

  it('withholds every reason', () => {
    expect(renderText(result, [], [], false)).toBe(
      '[+]lifecycle ok\n[-]db failed: reason withheld\n[!]cache warning: reason withheld\nreadyz check failed\n',
    )
  })

  it('shows what is excluded, and what could not be', () => {
    const text = renderText({ ...result, status: 'pass', checks: [] }, ['db', 'dv'], ['dv'], false)
    expect(text).toBe(
      '[+]db excluded: ok\nwarn: some checks cannot be excluded: no match for "dv"\nreadyz check passed\n',
    )
  })

  it('lets no line be forged through a name to exclude', () => {
    const forged = 'x"\n[-]db failed'
    const text = renderText({ ...result, status: 'pass', checks: [] }, [forged], [forged], false)
    expect(text.split('\n')).toHaveLength(3)
  })

  it.each([
    ['liveness', 'pass', 'livez check passed\n'],
    ['readiness', 'warn', 'readyz check passed\n'],
    ['startup', 'fail', 'startupz check failed\n'],
  ] as const)('names the endpoint in the verdict of %s with %s', (kind, status, text) => {
    expect(renderText({ kind, status, state: 'running', checks: [] }, [], [], false)).toBe(text)
  })
})
