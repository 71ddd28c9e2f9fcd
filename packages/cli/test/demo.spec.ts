import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { codesOf, drill } from './drill-fixture.ts'

const main = fileURLToPath(new URL('../../../apps/demo/src/main.ts', import.meta.url))

// It makes its database first.
it('finds nothing in the orders service of this repository', { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(`${tmpdir()}/lastcall-drill-demo-`)
  try {
    const ports = { PROBE_PORT: 'off', LIVE_PORT: 'off' }
    const result = await drill([process.execPath, ...process.execArgv, main], {
      env: { ...ports, DATA_DIR: `${folder}/data`, LAME_DUCK_QUIET_MS: '0' },
      ...{
        startTimeoutMs: 180_000,
        sse: { path: '/events', clients: 2 },
        long: { path: '/orders/export', share: 0.1 },
      },
      ...{ scenarios: ['terminate', 'upload'], gracePeriodMs: 20_000 },
    })
    expect(codesOf(result)).toEqual([])
    expect(result.runs).toMatchObject([
      { lost: 0, exitCode: 0 },
      { lost: 0, exitCode: 0 },
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
})
