import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../src/report/html/render-html.ts'
import { toJunit } from '../src/report/to-junit.ts'
import { exampleLossyRun, exampleResult, exampleRun } from './example-result.ts'
import { findChromium } from './find-chromium.ts'
import { type ReportBrowser, startBrowser } from './report-browser.ts'

const chromium = findChromium() ?? ''
if (chromium === '') {
  console.warn('The report is not tested in a browser: there is no Chromium here. Install one, or set CHROMIUM_PATH.')
}

const LONG = 'x'.repeat(300)
const lossy = exampleResult([exampleLossyRun()])
const many = exampleResult([exampleRun(), exampleLossyRun({ run: 2, logTail: [LONG] })], {
  command: ['node', LONG],
  assumptions: [LONG],
})

// What runs in the page is in text: the browser's globals are not among the types here.
describe.skipIf(chromium === '')('the report, in a browser', { timeout: 120_000 }, () => {
  let browser: ReportBrowser
  beforeAll(async () => {
    browser = await startBrowser(chromium)
  })
  afterAll(() => browser[Symbol.asyncDispose]())

  it.each([
    ['light', 'rgb(246, 245, 241)'],
    ['dark', 'rgb(15, 19, 22)'],
  ] as const)('is as the reader likes it (%s), and asks for nothing', async (colorScheme, ground) => {
    await using report = await browser.open(renderHtml(lossy), { colorScheme })
    await report.page.getByRole('heading', { level: 1, name: '37 of 1 240 requests were lost' }).waitFor()
    expect(await report.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(ground)
    expect(report.faults).toEqual([])
  })

  it.each([
    ['one run', lossy],
    ['several runs, with words that cannot be broken', many],
  ])('does not scroll sideways on a phone: %s', async (_, result) => {
    await using report = await browser.open(renderHtml(result), { viewport: { width: 390, height: 844 } })
    for (const summary of await report.page.locator('details:not([open]) > summary').all()) await summary.click()
    expect(await report.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(report.faults).toEqual([])
  })

  it('has its pictures where the axis says', async () => {
    await using report = await browser.open(renderHtml(lossy), { viewport: { width: 1120, height: 800 } })
    const box = async (selector: string) => {
      const found = await report.page.locator(selector).first().boundingBox()
      if (found === null) throw new Error(`${selector} is not to be seen`)
      return found
    }
    const signal = await box('.axis .signal')
    const signalX = signal.x + signal.width / 2
    const [propagation, gap, track] = [await box('.bar.propagation'), await box('.gap'), await box('.track')]
    expect(Math.abs(propagation.x - signalX)).toBeLessThan(2)
    expect(Math.abs(gap.x + gap.width - (propagation.x + propagation.width))).toBeLessThan(2)
    const chart = await box('.tall svg')
    expect(chart.x).toBeLessThan(track.x)
    expect(chart.height).toBeGreaterThan(50)
    const [bars] = await report.page.locator('.tall svg path').all()
    expect((await bars?.boundingBox())?.height).toBeGreaterThan(10)
  })

  it('can be read without seeing it', async () => {
    await using report = await browser.open(renderHtml(lossy))
    const { page } = report
    expect(await page.getByRole('table').count()).toBe(4)
    await page.getByRole('img', { name: 'Requests over time: answered, refused.' }).waitFor()
    await page.getByRole('row', { name: /^refused .+ 12 12 lost 24 24 lost$/ }).waitFor()
    expect(
      await page.evaluate(`document.querySelectorAll('thead th:not([scope]), tbody th:not([scope])').length`),
    ).toBe(0)
  })

  it('comes with JUnit that is XML', async () => {
    const junit = toJunit(exampleResult([exampleLossyRun({ logTail: ['<&>"\u001b[1m\u0000\ud800'] })]))
    await using report = await browser.open('<!doctype html><title>JUnit</title>')
    const failures = `(() => {
      const xml = new DOMParser().parseFromString(${JSON.stringify(junit)}, 'application/xml')
      return xml.querySelector('parsererror')?.textContent ?? xml.querySelectorAll('failure').length
    })()`
    expect(await report.page.evaluate(failures)).toBe(3)
  })
})
