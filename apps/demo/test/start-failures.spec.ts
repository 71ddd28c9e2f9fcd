import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { spawnService } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { createDataDir, createEmptyDir } from './support/data-dir.ts'
import { ordersProcess } from './support/orders-process.ts'

/** Runs the service until it ends by itself. */
async function run(env: Readonly<Record<string, string>>) {
  const { args, cwd, env: added } = ordersProcess(env)
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...added },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

describe('the orders service, when it cannot start', () => {
  it.each([
    [
      { PORT: 'abc' },
      'ORDERS_INVALID_CONFIG: PORT is "abc". Set it to a whole number from 0 to 65535, or leave it unset.',
    ],
    [{ DATABASE_URL: 'foo' }, 'ORDERS_INVALID_CONFIG: DATABASE_URL cannot be read. Set it to an address such as'],
    [{ GRACE_PERIOD_MS: '500' }, 'LASTCALL_BUDGET_EXCEEDED: The shutdown of'],
    [
      { DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/orders' },
      'ORDERS_DATABASE_UNREACHABLE: PostgreSQL at 127.0.0.1:1/orders cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Start it,',
    ],
  ])('says in one line why, and ends with 1: %o', async (env, line) => {
    const { code, stderr } = await run({ PORT: '0', ...env })
    expect(stderr).toMatch(/^orders: [^\n]+\n$/)
    expect(stderr).toContain(line)
    expect(stderr).not.toContain('secret')
    expect(code).toBe(1)
  })

  it.each(['PORT', 'PROBE_PORT'])('names %s when that port is taken', async (variable) => {
    await using folder = await createDataDir()
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const result = await run({ PORT: '0', [variable]: String(port), DATA_DIR: folder.path })
    taken.close()
    expect(result.stderr).toBe(
      `orders: ORDERS_PORT_UNUSABLE: Port ${port} of 127.0.0.1 cannot be used: another process listens there. ` +
        `Stop it, or set ${variable} to another port.\n`,
    )
    expect(result.code).toBe(1)
    expect(await readdir(folder.path)).toEqual(['postgres'])
  })

  it('names the process that has the data folder, and leaves that one alone', async () => {
    await using folder = await createDataDir()
    await using first = await spawnService(ordersProcess({ DATA_DIR: folder.path }))
    const second = await run({ PORT: '0', DATA_DIR: folder.path })
    expect(second.stderr).toBe(
      `orders: ORDERS_DATABASE_IN_USE: The data folder ${folder.path} is in use by process ${first.pid}. ` +
        'Stop that process, or set DATA_DIR to another folder.\n',
    )
    expect(second.code).toBe(1)
    expect((await fetch(`${first.url}/orders`)).status).toBe(200)
  })

  it('can be stopped while it makes its database, and leaves none half made', async () => {
    await using folder = await createEmptyDir()
    await using service = await spawnService({
      ...ordersProcess({ DATA_DIR: folder.path }),
      ready: async ({ stdout }) => stdout.includes('Starting') && (await readdir(folder.path)).includes('postgres.new'),
    })
    service.signal('SIGTERM')
    expect(await service.waitForExit()).toMatchObject({ signal: null })
    expect(service.stderr).toBe('')
    expect(await readdir(folder.path)).toEqual(['postgres.new'])
  })
})
