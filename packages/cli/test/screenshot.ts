// Drills the two servers of the README, writes what the terminal shows to stdout, and takes the picture of the report of
// the first. With a folder as its argument it takes both reports there, in light and dark, on a desk and on a phone.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findChromium } from './find-chromium.ts'
import { startBrowser } from './report-browser.ts'

const CONDITION = '--conditions=@lastcall/source'
const PACKAGE = join(import.meta.dirname, '..')
const ROOT = join(PACKAGE, '..', '..')
const PICTURE = join(ROOT, 'docs', 'images', 'drill-report.png')
const DESK = { width: 1080, height: 800 }
const PHONE = { width: 390, height: 844 }

const chromium = findChromium()
if (chromium === undefined) throw new Error('There is no Chromium: install one, or name it in CHROMIUM_PATH.')
const [folder] = process.argv.slice(2)
const workplace = await mkdtemp(join(tmpdir(), 'lastcall-drill-'))
await using browser = await startBrowser(chromium)

/** The programs of the README: the plain server, and the one with Lastcall. */
async function readServers(): Promise<{ plain: string; lastcall: string }> {
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8')
  const [plain, lastcall] = [...readme.matchAll(/^```js.*?\n(.*?)^```$/gms)].map(([, code]) => code)
  if (plain === undefined || lastcall === undefined) throw new Error('The README has to show two servers.')
  return { plain, lastcall }
}

/** Drills a program as `node server.js`, and gives the report. */
async function drill(name: string, code: string): Promise<string> {
  const cwd = join(workplace, name)
  await mkdir(cwd)
  await writeFile(join(cwd, 'package.json'), '{ "type": "module" }')
  await writeFile(join(cwd, 'server.js'), code)
  await symlink(join(ROOT, 'node_modules'), join(cwd, 'node_modules'))
  const options = ['--report', 'report.html', '--env', `NODE_OPTIONS=${CONDITION}`]
  const args = [CONDITION, join(PACKAGE, 'src', 'main.ts'), 'drill', ...options, '--', 'node', 'server.js']
  // A verdict is an exit code other than 0.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd }).catch(
    (error: { stdout: string }) => error,
  )
  process.stdout.write(`${stdout}\n`)
  return readFile(join(cwd, 'report.html'), 'utf8')
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
  for (const [name, code] of Object.entries(await readServers())) {
    const html = await drill(name, code)
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
  await rm(workplace, { recursive: true, force: true })
}
