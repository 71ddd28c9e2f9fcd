import { describe, expect, it } from 'vitest'
import { waitUntil } from '../wait-until.ts'
import type { ContractFactory } from './contract-app.ts'
import { AUTHORIZED, runApp } from './run-app.ts'

/** What an adapter's probes must answer. */
export function describeProbes(factory: ContractFactory): void {
  describe('probes', () => {
    it('answers 503 for startup and readiness before the start, and 200 for liveness', async () => {
      const { connect, lifecycle } = await runApp(factory, { start: false })
      const status = statuses(connect())
      expect(await status()).toEqual({ startup: 503, readiness: 503, liveness: 200 })
      await lifecycle.start()
      expect(await status()).toEqual({ startup: 200, readiness: 200, liveness: 200 })
    })

    it('answers 503 for readiness and 200 for liveness once draining begins', async () => {
      const { connect, signal } = await runApp(factory)
      signal()
      expect(await statuses(connect())()).toEqual({ startup: 200, readiness: 503, liveness: 200 })
    })

    it("answers before the app's own authentication", async () => {
      const { connect } = await runApp(factory)
      expect((await connect().get('/')).status).toBe(401)
      expect((await connect().get('/', AUTHORIZED)).status).toBe(200)
      expect(await statuses(connect())()).toEqual({ startup: 200, readiness: 200, liveness: 200 })
    })

    it('withholds what a check says', async () => {
      const { connect, lifecycle } = await runApp(factory, { start: false })
      lifecycle.check({
        name: 'db',
        run() {
          throw new Error('password hunter2 rejected')
        },
      })
      await lifecycle.start()
      const client = connect()
      await waitUntil(async () => lifecycle.probe('readiness').status === 'fail', { what: 'a failed check' })
      for (const path of ['/readyz', '/readyz?verbose', '/readyz/db']) {
        const { status, body, headers } = await client.get(path)
        expect(status).toBe(503)
        expect(body + JSON.stringify(headers)).not.toContain('hunter2')
      }
    })

    it('leaves paths that are no probe to the app', async () => {
      const { connect } = await runApp(factory)
      expect((await connect().get('/livezz', AUTHORIZED)).status).toBe(404)
      expect((await connect().get('/', AUTHORIZED)).body).toBe('hello')
    })
  })
}

function statuses(client: { get(path: string): Promise<{ status: number }> }) {
  return async () => ({
    startup: (await client.get('/startupz')).status,
    readiness: (await client.get('/readyz')).status,
    liveness: (await client.get('/livez')).status,
  })
}
