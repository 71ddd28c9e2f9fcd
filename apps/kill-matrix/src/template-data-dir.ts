import { findFreePort, spawnService } from '@lastcall/testing'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { COLUMNS, columnProcess } from './columns.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder of the demo, new: a copy of it opens ten times faster than another one is made. */
    templateDataDir: string
  }
}

/** Has the demo make a data folder, once for all cells; it is removed at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kill-matrix-template-'))
  const demo = COLUMNS.find(({ name }) => name === 'fastify')!
  const options = columnProcess(demo, { DATA_DIR: dataDir, LAME_DUCK_MS: '0' }, await findFreePort())
  await using service = await spawnService({ ...options, readyTimeoutMs: 120_000 })
  service.signal('SIGTERM')
  await service.waitForExit({ timeoutMs: 10_000 })
  project.provide('templateDataDir', dataDir)
  return () => rm(dataDir, { recursive: true, force: true })
}
