import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking']

/** A report in a browser. */
export interface OpenReport extends AsyncDisposable {
  readonly page: Page
  /** What the page does that nobody should see: errors, messages, and requests other than for itself. */
  readonly faults: readonly string[]
}

/** A browser, and the files that it was shown. */
export interface ReportBrowser extends AsyncDisposable {
  /** Opens a page from a file, as somebody does who was sent it. */
  open(html: string, options?: BrowserContextOptions): Promise<OpenReport>
}

/** Starts the Chromium at `executablePath`. */
export async function startBrowser(executablePath: string): Promise<ReportBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'lastcall-report-'))
  const browser = await chromium.launch({ executablePath, args: ARGS })
  return {
    async open(html, options) {
      const file = join(folder, `${randomUUID()}.html`)
      await writeFile(file, html)
      const url = pathToFileURL(file).href
      const page = await browser.newPage(options)
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => faults.push(message.text()))
      page.on('request', (request) => {
        if (request.url() !== url && !request.url().startsWith('data:')) faults.push(request.url())
      })
      await page.goto(url)
      return { page, faults, [Symbol.asyncDispose]: () => page.close() }
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
