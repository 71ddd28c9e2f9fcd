// Drills the two servers of the README, writes what the terminal shows to stdout, and takes the picture of the report of
// the first. With a folder as its argument it takes both reports there, in light and dark, on a desk and on a phone.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findChromium } from './find-chromium.ts'
import { startBrowser } from './report-browser.ts'

const CONDITION = '--conditions=@lastcall/source'
const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
const PICTURE = join(import.meta.dirname, '..', '..', '..', 'docs', 'images', 'drill-report.png')
const DESK = { width: 1080, height: 800 }
const PHONE = { width: 390, height: 844 }

const chromium = findChromium()
if (chromium === undefined) throw new Error('There is no Chromium: install one, or name it in CHROMIUM_PATH.')
const [folder] = process.argv.slice(2)
const reports = await mkdtemp(join(tmpdir(), 'lastcall-drill-'))
await using browser = await startBrowser(chromium)

async function drill(name: 'plain' | 'lastcall'): Promise<string> {
  const file = join(reports, `${name}.html`)
  const args = [CONDITION, MAIN, 'drill', '--report', file, '--env', `NODE_OPTIONS=${CONDITION}`]
  const run = promisify(execFile)(process.execPath, [...args, '--', 'node', 'server.js'], {
    cwd: join(import.meta.dirname, 'readme', name),
  })
  // A verdict is an exit code other than 0.
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  process.stdout.write(`${stdout}\n`)
  return readFile(file, 'utf8')
}

async function take(html: string, path: string, options: Parameters<typeof browser.open>[1]): Promise<void> {
  await using report = await browser.open(html, options)
  await report.page.screenshot({ path, fullPage: true })
}

/** Takes the page down to the end of its first card. */
async function takeFirstScreen(html: string, path: string): Promise<void> {
  await using report = await browser.open(html, { viewport: DESK })
  const box = await report.page.locator('.card').first().boundingBox()
  const height = (box?.y ?? 0) + (box?.height ?? DESK.height) + 14
  await report.page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: DESK.width, height } })
}

try {
  for (const name of ['plain', 'lastcall'] as const) {
    const html = await drill(name)
    if (folder === undefined) {
      if (name === 'plain') await takeFirstScreen(html, PICTURE)
      continue
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await take(html, join(folder, `${name}-desk-${colorScheme}.png`), { viewport: DESK, colorScheme })
    }
    await take(html, join(folder, `${name}-phone.png`), { viewport: PHONE, deviceScaleFactor: 2 })
  }
} finally {
  await rm(reports, { recursive: true, force: true })
}
