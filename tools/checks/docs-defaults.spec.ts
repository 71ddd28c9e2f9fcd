import { describe, expect, it } from 'vitest'
import { docsDefaults, documentedDefaults } from './docs-defaults.ts'
import { load, read } from './repository.ts'

/** The options as the core resolves them when nothing is said. */
async function resolved(): Promise<object> {
  const { resolveOptions } = (await load('packages/core/src/resolve-options.ts')) as {
    resolveOptions: (...args: unknown[]) => object
  }
  const { createFakeProcess } = (await load('packages/core/src/testing.ts')) as { createFakeProcess: () => unknown }
  return resolveOptions({}, createFakeProcess())
}

describe('docsDefaults', () => {
  it('finds nothing in the policy of checks', async () => {
    const { CHECK_DEFAULTS } = await load('packages/core/src/checks/resolve-check.ts')
    const documented = documentedDefaults(read('packages/core/src/checks/check.ts'), 'CheckPolicy')
    expect(Object.keys(documented)).toEqual(Object.keys(CHECK_DEFAULTS as object))
    expect(docsDefaults(documented, CHECK_DEFAULTS as object)).toEqual([])
  })

  it('finds nothing in the options of a lifecycle', async () => {
    const { exit, ...options } = documentedDefaults(read('packages/core/src/options.ts'), 'LifecycleOptions')
    expect(Object.keys(options)).toEqual(['name', 'readinessWhileDraining', 'details', 'signals'])
    expect(exit).toBe(true)
    expect(docsDefaults(options, await resolved())).toEqual([])
  })

  it('finds nothing in the exit codes', async () => {
    const documented = documentedDefaults(read('packages/core/src/options.ts'), 'ExitOptions')
    expect(Object.keys(documented)).toEqual(['success', 'failure'])
    expect(docsDefaults({ exit: documented }, await resolved())).toEqual([])
  })

  it('finds nothing in the paths of probes', async () => {
    const { PROBE_PATHS } = await load('packages/core/src/probes/parse-probe-url.ts')
    const documented = documentedDefaults(read('packages/core/src/probes/probe.ts'), 'ProbePaths')
    expect(Object.keys(documented)).toEqual(Object.keys(PROBE_PATHS as object))
    expect(docsDefaults(documented, PROBE_PATHS as object)).toEqual([])
  })

  it('finds nothing in the options of the probe thread', async () => {
    const path = 'packages/http/src/probe-server/probe-options.ts'
    const { PROBE_SERVER_DEFAULTS } = (await load(path)) as { PROBE_SERVER_DEFAULTS: { blocked: object } }
    expect(docsDefaults(documentedDefaults(read(path), 'ServeProbesOptions'), PROBE_SERVER_DEFAULTS)).toEqual([])
    const blocked = documentedDefaults(read(path), 'BlockedOptions')
    expect(Object.keys(blocked)).toEqual(Object.keys(PROBE_SERVER_DEFAULTS.blocked))
    expect(docsDefaults(blocked, PROBE_SERVER_DEFAULTS.blocked)).toEqual([])
  })

  it('names a field whose documented default is not the one in the code', () => {
    const source =
      'interface Options {\n  /** How long. @default 30 */\n  readonly aMs?: number\n  /** @default what is left */\n  bMs?: number\n}'
    expect(documentedDefaults(source, 'Options')).toEqual({ aMs: 30 })
    expect(docsDefaults({ aMs: 30 }, { aMs: 60 })).toEqual(['aMs is documented as 30, the code applies 60'])
  })
})
