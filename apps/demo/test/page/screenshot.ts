// Takes the picture of the README: the page in the middle of a shutdown. With a folder as its argument it takes every
// state there, in light and dark, on a desk and on a phone.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { spawnService } from '@lastcall/testing'
import { startBrowser } from '../support/browser.ts'
import { createEmptyDir } from '../support/data-dir.ts'
import { findChromium } from '../support/find-chromium.ts'
import { ordersProcess } from '../support/orders-process.ts'
import { beginSlowExport } from '../support/slow-export.ts'

const PICTURE = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'images', 'demo-page.png')
const DESK = { width: 1080, height: 860 }
const PHONE = { width: 360, height: 740 }

const chromium = findChromium()
if (chromium === undefined) throw new Error('There is no Chromium: install one, or name it in CHROMIUM_PATH.')
const [folder] = process.argv.slice(2)
await using data = await createEmptyDir()

async function record(name: string, viewport: typeof DESK, colorScheme: 'light' | 'dark'): Promise<void> {
  await using service = await spawnService({
    ...ordersProcess({
      ...{ DATA_DIR: data.path, PROCESSING_MS: '250', LOG_LEVEL: 'warn' },
      ...{ GRACE_PERIOD_MS: '12000', LAME_DUCK_MS: '3000', LAME_DUCK_QUIET_MS: '200' },
    }),
    readyTimeoutMs: 120_000,
  })
  await using browser = await startBrowser(chromium as string, { viewport, colorScheme, deviceScaleFactor: 1 })
  const page = await browser.context.newPage()
  page.on('console', (message) => console.log(`${name}: ${message.text()}`))
  const take = (state: string) =>
    page.screenshot({ path: folder === undefined ? PICTURE : join(folder, `${name}-${state}.png`), fullPage: true })
  await page.goto(service.url)
  await page.getByText('Running', { exact: true }).waitFor()
  await pause(3000)
  if (folder !== undefined) await take('running')
  await page.getByRole('button', { name: 'Send a burst of load' }).click()
  await pause(4000)
  const slow = await beginSlowExport(service.url, 5000)
  await page.getByRole('button', { name: 'Stop the service' }).click()
  await page.getByText('finishes what is in flight').waitFor()
  await pause(700)
  await take('draining')
  await slow.lines
  if (folder === undefined) return
  await page.getByText('It has stopped').waitFor()
  await pause(1500)
  await take('stopped')
}

if (folder === undefined) {
  await record('readme', DESK, 'light')
} else {
  await record('phone-light', PHONE, 'light')
  await record('desk-dark', DESK, 'dark')
  await record('desk-light', DESK, 'light')
}
