import { describe, expect, it } from 'vitest'
import { isRestarted } from './is-restarted.ts'

describe('isRestarted', () => {
  it.each([
    ['main', 'Always', true, true],
    ['main', 'OnFailure', false, true],
    ['main', 'Never', false, false],
    ['init', 'Always', false, true],
    ['init', 'OnFailure', false, true],
    ['init', 'Never', false, false],
    ['sidecar', 'Always', true, true],
    ['sidecar', 'OnFailure', true, true],
    ['sidecar', 'Never', true, true],
  ] as const)('says of a %s container under %s: %s after success, %s after failure', (role, policy, ok, failed) => {
    expect(isRestarted(role, policy, { code: 0, signal: null })).toBe(ok)
    expect(isRestarted(role, policy, { code: 1, signal: null })).toBe(failed)
    expect(isRestarted(role, policy, { code: null, signal: 'SIGKILL' })).toBe(failed)
  })
})
