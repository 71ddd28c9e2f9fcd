import { createLifecycle } from '@lastcall/core'
import { serveProbes } from '@lastcall/http'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const TELL_MODULES = `data:text/javascript,process.on('exit', () => process.stderr.write(process.moduleLoadList.join('\\n')))`

async function run(args: readonly string[], ...flags: readonly string[]) {
  const child = spawn(process.execPath, [...flags, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: code as number, stdout, stderr }
}

describe('lastcall probe', () => {
  const lifecycle = createLifecycle({ name: 'orders', signals: false, exit: false })
  let port: string
  beforeAll(async () => {
    const server = await serveProbes(lifecycle, { port: 0, host: '127.0.0.1' })
    port = String(server.address.port)
  })
  afterAll(async () => {
    await lifecycle.shutdown()
  })

  it('ends with 0 when the probe is green, and with 1 when it is red', async () => {
    const [live, ready] = await Promise.all(
      ['liveness', 'readiness'].map((kind) => run([fileOf('probe-main.ts'), kind, '--port', port])),
    )
    expect(live).toMatchObject({ code: 0, stderr: '' })
    expect(live?.stdout).toContain('/livez answered 200\n')
    expect(ready).toMatchObject({ code: 1, stderr: '' })
    expect(ready?.stdout).toContain('/readyz answered 503\n')
  })

  it('is a command of lastcall, which loads nothing else for it', async () => {
    const args = [fileOf('../main.ts'), 'probe', 'liveness', '--port', port]
    const { code, stdout, stderr } = await run(args, '--conditions=@lastcall/source', `--import=${TELL_MODULES}`)
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('answered 200') as string })
    // `node:http` by import: with it comes what would make it start twice as slowly.
    expect(stderr).toContain('NativeModule http')
    expect(stderr).not.toContain('undici')
    // Commander needs this one.
    expect(stderr).not.toContain('NativeModule child_process')
  })

  it('ends with 1, never 2, when it is used wrongly, and says how to use it', async () => {
    const { code, stdout, stderr } = await run([fileOf('probe-main.ts'), '--prot', port])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^lastcall probe: Option --prot is not known\.\n\nUsage: lastcall probe /)
  })

  it('shows its use when asked', async () => {
    const { code, stdout } = await run([fileOf('../main.ts'), 'probe', '--help'], '--conditions=@lastcall/source')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Usage: lastcall probe /)
  })
})
