import { waitUntil } from '@lastcall/testing'
import { Controller, Get, Inject } from '@nestjs/common'
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { describe, expect, it } from 'vitest'
import { get } from '../../test/fixtures/get.ts'
import { makeApp } from '../../test/fixtures/make-app.ts'
import { LifecycleHealthIndicator } from './lifecycle-health-indicator.ts'

@Controller('health')
class HealthController {
  readonly #health: HealthCheckService
  readonly #lifecycle: LifecycleHealthIndicator

  constructor(
    @Inject(HealthCheckService) health: HealthCheckService,
    @Inject(LifecycleHealthIndicator) lifecycle: LifecycleHealthIndicator,
  ) {
    this.#health = health
    this.#lifecycle = lifecycle
  }

  @Get()
  @HealthCheck()
  check() {
    return this.#health.check([() => this.#lifecycle.check('lifecycle')])
  }
}

const LONG_LAME_DUCK = { gracePeriodMs: 600_000, lameDuck: { minMs: 300_000 } }

async function makeHealthApp() {
  const made = await makeApp({
    options: LONG_LAME_DUCK,
    imports: [TerminusModule.forRoot({ logger: false })],
    controllers: [HealthController],
  })
  const url = `${await made.listen()}/health`
  const health = async () => {
    const { status, body } = await get(url)
    return { status, body: JSON.parse(body) as object }
  }
  return { ...made, health }
}

describe('LifecycleHealthIndicator', () => {
  it('brings a Terminus controller what the probe says, from memory, and nothing of what checks say', async () => {
    const { app, lifecycle, health, process } = await makeHealthApp()
    let runs = 0
    lifecycle.check({
      ...{ name: 'db', intervalMs: 100_000 },
      run() {
        runs++
        throw new Error('password hunter2 rejected')
      },
    })
    lifecycle.check({ name: 'cache', critical: false, run: () => ({ status: 'warn' }) })
    const statuses = () => lifecycle.probe('readiness').checks.map(({ status }) => status)
    await waitUntil(() => statuses().join() === 'pass,fail,warn', { what: () => statuses().join() })

    for (let asked = 0; asked < 3; asked++) {
      const { status, body } = await health()
      expect(status).toBe(503)
      const checks = { lifecycle: 'pass', db: 'fail', cache: 'warn' }
      expect(body).toMatchObject({ error: { lifecycle: { status: 'down', state: 'running', checks } } })
      expect(JSON.stringify(body)).not.toContain('hunter2')
    }
    expect(runs).toBe(1)
    process.kill('SIGTERM')
    process.kill('SIGTERM')
    await app.close()
  })

  it('is up when the probe says 200, and down from the signal on', async () => {
    const { app, health, process } = await makeHealthApp()
    await waitUntil(async () => (await health()).status === 200)
    expect((await health()).body).toMatchObject({ status: 'ok', info: { lifecycle: { status: 'up' } } })

    process.kill('SIGTERM')

    expect(await health()).toMatchObject({
      status: 503,
      body: { status: 'error', error: { lifecycle: { status: 'down', state: 'draining' } } },
    })
    process.kill('SIGTERM')
    await app.close()
  })

  it('brings what another probe says, when it is asked for that', async () => {
    const { app } = await makeApp()
    const indicator = app.get(LifecycleHealthIndicator)
    expect(indicator.check('service', 'liveness')).toMatchObject({ service: { status: 'up', state: 'starting' } })
    expect(indicator.check('service', 'startup').service.status).toBe('down')
    await app.close()
  })
})
