import { once } from 'node:events'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

/**
 * Opens the embedded PostgreSQL below `dataDir`, and makes it first where there is none. It is made under another name,
 * so that a start that is cut short or given up by `signal` never leaves half a database behind.
 */
export async function openPglite(dataDir: string, signal?: AbortSignal): Promise<PGlite> {
  const path = join(dataDir, 'postgres')
  if (!(await exists(path))) {
    const unfinished = `${path}.new`
    await rm(unfinished, { recursive: true, force: true })
    await makeInThread(unfinished, signal)
    await rename(unfinished, path)
  }
  return await PGlite.create(path)
}

/** Making a database takes seconds that block a thread: this one has signals and probes to answer. */
async function makeInThread(path: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  const maker = new Worker(new URL('./make-pglite.ts', import.meta.url), { workerData: path })
  const giveUp = () => void maker.terminate()
  signal?.addEventListener('abort', giveUp)
  try {
    const [exitCode] = await once(maker, 'exit')
    signal?.throwIfAborted()
    if (exitCode !== 0) throw new Error(`making a database ended with ${exitCode}`)
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
