import { isPortFree, spawnService } from '@lastcall/testing'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { createDataDir } from '../support/data-dir.ts'
import { findChromium } from '../support/find-chromium.ts'
import { ordersProcess } from '../support/orders-process.ts'
import { beginSlowExport } from '../support/slow-export.ts'

const chromium = findChromium()
if (chromium === undefined) {
  console.warn('The page is not tested in a browser: there is no Chromium here. Install one, or set CHROMIUM_PATH.')
}

const LAME_DUCK = { LAME_DUCK_MS: '1500', LAME_DUCK_QUIET_MS: '100', GRACE_PERIOD_MS: '15000' }
const TEA = JSON.stringify({ customer: 'Ada', items: [{ sku: 'tea', quantity: 2, priceCents: 450 }] })

/** What the page does that nobody should see. */
function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security/i.test(message.text())) faults.push(message.text())
  })
  return faults
}

const number = (page: Page, term: string) =>
  page.locator('.load dl > div', { hasText: term }).locator('dd').textContent().then(Number)

// A browser, a service and a database at a time: on a machine that is busy they take their time.
describe.skipIf(chromium === undefined)('the live page, in a browser', { timeout: 120_000 }, () => {
  it.each(['light', 'dark'] as const)(
    'shows a service that runs, and an order that is processed (%s)',
    async (scheme) => {
      await using folder = await createDataDir()
      await using service = await spawnService(ordersProcess({ DATA_DIR: folder.path }))
      await using browser = await startBrowser(chromium as string, {
        colorScheme: scheme,
        viewport: { width: 320, height: 740 },
      })
      const page = await browser.context.newPage()
      const faults = watchFaults(page)
      await page.goto(service.url)
      await page.getByText('Running', { exact: true }).waitFor()
      await page.getByRole('img', { name: 'readiness: green' }).waitFor()

      await fetch(`${service.url}/orders?wait=processed`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: TEA,
      })
      await page.getByText('Written by this process: 1. Processed by it: 1.').waitFor()

      // In text: what runs there is the browser's, whose globals are not among the types here.
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        scheme === 'light' ? 'rgb(246, 245, 241)' : 'rgb(15, 19, 22)',
      )
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      expect(faults).toEqual([])
    },
  )

  it('sends a burst, stops the service in the middle of it, shows each phase and the report, and comes back', async () => {
    await using folder = await createDataDir()
    const env = { DATA_DIR: folder.path, ...LAME_DUCK }
    await using service = await spawnService(ordersProcess(env))
    await using browser = await startBrowser(chromium as string)
    const page = await browser.context.newPage()
    const faults = watchFaults(page)
    const livePorts = new Set<number>()
    page.on('request', (request) => {
      if (request.url().endsWith('/live')) livePorts.add(Number(new URL(request.url()).port))
    })
    await page.goto(service.url)
    await page.getByRole('button', { name: 'Send a burst of load' }).click()
    await expect.poll(() => number(page, 'Answered'), { timeout: 20_000 }).toBeGreaterThan(20)
    expect(faults).toEqual([])
    // Long enough for the drain to be seen.
    const slow = await beginSlowExport(service.url, 4000)

    await page.getByRole('button', { name: 'Stop the service' }).click()
    await page.locator('.phase.lameDuck.running').waitFor()
    await page.getByRole('img', { name: 'readiness: red' }).waitFor()
    await page.locator('.phase.drain.running').waitFor()
    await page.getByText(/It has stopped in .+: clean, exit 0/).waitFor()
    expect((await slow.lines).length).toBeGreaterThan(10)
    expect(await page.locator('.phase.over .name span').allTextContents()).toEqual([
      'announce',
      'lameDuck',
      'drain',
      'close',
      'flush',
    ])
    await expect.poll(() => number(page, 'Open')).toBe(0)
    expect(await number(page, 'Lost')).toBe(0)
    expect(await number(page, 'Answered')).toBe(await number(page, 'Sent'))
    expect(await service.waitForExit({ timeoutMs: 10_000 })).toEqual({ code: 0, signal: null })
    for (const port of livePorts) expect(await isPortFree(port)).toBe(true)

    await using again = await spawnService(ordersProcess({ ...env, PORT: new URL(service.url).port }))
    await page.getByText(/It is back/).waitFor()
    await page.getByText('Running', { exact: true }).waitFor()
    expect(await page.getByText(`Process ${again.pid}`).count()).toBe(1)
    expect(faults.filter((fault) => !/ERR_CONNECTION_REFUSED|503/.test(fault))).toEqual([])
  })

  it('makes do with the port of the service, where the drain is the last that it can show', async () => {
    await using folder = await createDataDir()
    await using service = await spawnService(ordersProcess({ DATA_DIR: folder.path, LIVE_PORT: 'off' }))
    await using browser = await startBrowser(chromium as string)
    const page = await browser.context.newPage()
    await page.goto(service.url)
    await page.getByRole('button', { name: 'Stop the service' }).click()
    await page.getByText('The drain is over, and what follows is out of sight').waitFor()
    expect(await service.waitForExit({ timeoutMs: 10_000 })).toEqual({ code: 0, signal: null })
  })
})
