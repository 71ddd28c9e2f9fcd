// Does what the README tells a newcomer to do: starts the demo, sends it an order, stops it with Ctrl-C.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './repository.ts'

const TIMEOUT_MS = 60_000

const dataDir = mkdtempSync(join(tmpdir(), 'lastcall-start-'))
// A process group of its own, as a shell makes one: Ctrl-C goes to the whole group.
const npm = spawn('npm', ['start'], {
  cwd: root,
  detached: true,
  env: { ...process.env, PORT: '0', PROBE_PORT: '0', DATA_DIR: dataDir },
  stdio: ['ignore', 'pipe', 'pipe'],
})
let output = ''
for (const stream of [npm.stdout, npm.stderr]) {
  stream.on('data', (chunk) => {
    output += chunk
    process.stdout.write(chunk)
  })
}
const closed = once(npm, 'close')
const group = -(npm.pid ?? process.exit(1))
const isOver = () => npm.exitCode !== null || npm.signalCode !== null

/** Asks until there is an answer; what takes longer than a minute has failed. */
async function waitFor<Value>(what: string, ask: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  for (const giveUpAt = Date.now() + TIMEOUT_MS; Date.now() < giveUpAt && !isOver(); await sleep(50)) {
    const value = await ask()
    if (value !== undefined) return value
  }
  throw new Error(`npm start: ${what} did not happen`)
}

try {
  const address = await waitFor('an address', () => /http:\/\/[\w.:[\]]+:\d+/.exec(output)?.[0])
  const body = JSON.stringify({ customer: 'Ada', items: [{ sku: 'tea', quantity: 1, priceCents: 450 }] })
  const headers = { 'content-type': 'application/json' }
  const created = await fetch(`${address}/orders`, { method: 'POST', headers, body })
  if (created.status !== 201) throw new Error(`npm start: the order was answered with ${created.status}`)
  const location = created.headers.get('location') ?? ''
  await waitFor('a processed order', async () => {
    const order = (await (await fetch(address + location)).json()) as { status?: string }
    return order.status === 'processed' ? order : undefined
  })
  process.kill(group, 'SIGINT')
  const giveUp = setTimeout(() => process.kill(group, 'SIGKILL'), TIMEOUT_MS)
  const [code, signal] = (await closed) as [number | null, NodeJS.Signals | null]
  clearTimeout(giveUp)
  // npm waits for what it started, then ends itself by the signal that it got.
  if (code !== 0 && signal !== 'SIGINT') throw new Error(`npm start: ended with ${code ?? signal}`)
  if (!/stopped in .+ drain .+ close .+ clean, exit 0/s.test(output)) throw new Error('npm start: no waterfall')
  console.log('quick start: served, processed, stopped')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  if (!isOver()) process.kill(group, 'SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
}
