import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

const ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
]

/** A headless browser with a profile of its own. */
export interface TestBrowser extends AsyncDisposable {
  readonly context: BrowserContext
}

/** Starts the Chromium at `executablePath`. */
export async function startBrowser(
  executablePath: string,
  options: NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]> = {},
): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'orders-browser-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: ARGS, ...options })
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
