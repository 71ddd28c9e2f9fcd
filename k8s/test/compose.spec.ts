import { resolveConfig } from '@lastcall/demo/config'
import { createService } from '@lastcall/demo/service'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { findUnexplained } from './find-unexplained.ts'
import { pathOf } from './render.ts'

const read = (name: string) => readFileSync(pathOf(`../apps/demo/compose/${name}`), 'utf8')

interface Compose {
  readonly services: {
    readonly 'orders-1': { readonly environment: Record<string, string>; readonly stop_grace_period: string }
  }
}

async function readService() {
  const { services } = parse(read('compose.yaml'), { merge: true }) as Compose
  const { environment, stop_grace_period } = services['orders-1']
  const { lifecycle, database } = await createService(resolveConfig(environment))
  lifecycle.dispose()
  await database.close()
  return { ...lifecycle.options, graceSeconds: Number.parseInt(stop_grace_period) }
}

describe('the compose file', () => {
  it('says where each number comes from', () => {
    expect(findUnexplained(read('compose.yaml'))).toEqual([])
  })

  it('gives the service the time that Docker gives the container, and sums it up rightly', async () => {
    const { graceSeconds, gracePeriodMs, marginMs, ...rest } = await readService()
    expect(gracePeriodMs).toBe(graceSeconds * 1000)
    const parts = [rest.lameDuck.maxMs, rest.drainTimeoutMs, rest.closeTimeoutMs, rest.flushTimeoutMs, marginMs]
    const [lameDuck, drain, close, flush, margin] = parts.map((ms) => ms / 1000)
    expect(read('compose.yaml')).toContain(
      `lame duck ${lameDuck} + drain ${drain} + close ${close} + flush ${flush} + margin ${margin} = ${graceSeconds} s`,
    )
  })

  it('has a lame duck that lasts longer than HAProxy takes to see red', async () => {
    const [, interval, fall] = /check inter (\d+)s fall (\d+)/.exec(read('haproxy.cfg')) ?? []
    const { lameDuck } = await readService()
    expect(lameDuck.minMs).toBeGreaterThan(Number(interval) * Number(fall) * 1000)
  })
})
