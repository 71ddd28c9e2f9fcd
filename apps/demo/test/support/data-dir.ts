import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

/** A folder of its own for one test. */
export interface TestFolder extends AsyncDisposable {
  readonly path: string
}

/** Makes an empty folder. */
export async function createEmptyDir(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'orders-spec-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Makes a data folder with an empty database in it. */
export async function createDataDir(): Promise<TestFolder> {
  const folder = await createEmptyDir()
  await cp(inject('templateDataDir'), folder.path, { recursive: true })
  return folder
}
