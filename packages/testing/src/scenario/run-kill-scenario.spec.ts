import { describe, expect, it } from 'vitest'
import { fixture } from '../../test/fixtures/fixture.ts'
import { formatLoadReport } from '../load/format-load-report.ts'
import type { Outcome } from '../load/request-record.ts'
import type { Traffic } from '../load/traffic.ts'
import { listProcesses } from '../service/list-processes.ts'
import { waitUntil } from '../wait-until.ts'
import { type KillResult, type KillScenario, runKillScenario } from './run-kill-scenario.ts'

const PROPAGATION_MS = 500

const mix: Traffic[] = [
  { kind: 'keepAlive', path: '/', clients: 4 },
  { kind: 'newConnection', path: '/', clients: 4 },
  { kind: 'slow', path: '/slow', clients: 2 },
  { kind: 'stream', path: '/stream', clients: 2 },
  { kind: 'upload', path: '/upload', clients: 2 },
  { kind: 'sse', path: '/events', clients: 2 },
]

function kill(name: string, lameDuckMs: number | undefined, scenario: Partial<KillScenario> = {}): Promise<KillResult> {
  return runKillScenario({
    service: { args: fixture(name), env: { LAME_DUCK_MS: lameDuckMs?.toString() } },
    load: { traffic: mix },
    propagationMs: PROPAGATION_MS,
    ...scenario,
  })
}

function lostBy({ load }: KillResult, name: string): Set<Outcome> {
  return new Set(load.lost.filter((record) => record.name === name).map(({ outcome }) => outcome))
}

describe('runKillScenario', () => {
  it('finds nothing lost when the lame duck lasts as long as the routing', async () => {
    const { exit, timedOut, load, portFree, leftoverProcesses, stdout } = await kill('lame-duck', PROPAGATION_MS + 500)
    expect(load.lost, formatLoadReport(load)).toEqual([])
    expect({ exit, timedOut, portFree, leftoverProcesses }).toEqual({
      exit: { code: 0, signal: null },
      timedOut: false,
      portFree: true,
      leftoverProcesses: [],
    })
    expect(stdout).toMatch(/draining\ndrained\n$/)
    for (const { name } of load.records) expect(load.counts[name]?.ok).toBeGreaterThan(0)
    expect(load.counts.keepAlive?.afterSignal).toBeGreaterThan(0)
    expect(load.counts.newConnection?.afterSignal).toBeGreaterThan(0)
  })

  it('finds refused connections when the lame duck is shorter than the routing', async () => {
    const result = await kill('lame-duck', 100)
    expect(result.exit).toEqual({ code: 0, signal: null })
    expect([...lostBy(result, 'newConnection')]).toContain('refused')
  })

  it('finds every kind of loss of a service that ends at once', async () => {
    // Without a pause, so that one of each is in flight at whatever moment.
    const busy = mix.map((traffic) => ({ ...traffic, clients: 4, pauseMs: 0 }))
    const result = await kill('exits-at-once', undefined, { load: { traffic: busy } })
    expect(result.exit).toEqual({ code: null, signal: 'SIGTERM' })
    expect([...lostBy(result, 'newConnection')]).toContain('refused')
    expect([...lostBy(result, 'slow')]).toContain('reset')
    expect([...lostBy(result, 'stream')]).toContain('truncated')
    expect([...lostBy(result, 'upload')]).toContain('reset')
    expect([...lostBy(result, 'sse')]).toContain('truncated')
  })

  it('finds refused connections of a service that stops listening at once', async () => {
    const result = await kill('closes-at-once', undefined, { load: { traffic: mix.slice(0, 3) } })
    expect([...lostBy(result, 'newConnection')]).toContain('refused')
  })

  it('finds the answers of a service that turns requests away', async () => {
    const result = await kill('answers-503', PROPAGATION_MS + 500, { load: { traffic: mix.slice(0, 2) } })
    expect(lostBy(result, 'newConnection')).toEqual(new Set(['status']))
    expect(result.load.lost.every(({ status }) => status === 503)).toBe(true)
  })

  it('kills the group of a service that does not end, and says so', async () => {
    const { exit, timedOut, load, leftoverProcesses, portFree, stdout } = await kill('never-exits', undefined, {
      timeoutMs: 1000,
    })
    expect({ exit, timedOut, portFree }).toEqual({
      exit: { code: null, signal: 'SIGKILL' },
      timedOut: true,
      portFree: true,
    })
    expect(stdout).toContain('ignored')
    expect(leftoverProcesses).toHaveLength(1)
    expect(listProcesses().filter(({ pid }) => leftoverProcesses.includes(pid))).toEqual([])
    expect(load.lost.length).toBeGreaterThan(0)
  })

  it('names the processes that the service left behind, and ends them', async () => {
    const { exit, leftoverProcesses, stdout } = await kill('leaves-a-child', undefined)
    expect(exit.code).toBe(0)
    expect(leftoverProcesses).toEqual([Number(stdout.match(/child (\d+)/)?.[1])])
    expect(listProcesses().filter(({ pid }) => leftoverProcesses.includes(pid))).toEqual([])
  })

  it('counts as lost what a process left behind does not answer, and finds the port taken', async () => {
    const traffic: Traffic[] = [{ kind: 'newConnection', path: '/', clients: 2 }]
    const result = await kill('hands-over-its-port', undefined, {
      load: { traffic },
      signalAfter: 10,
      propagationMs: 1500,
    })
    expect(result).toMatchObject({ exit: { code: 0 }, portFree: false, leftoverProcesses: [expect.any(Number)] })
    expect([...lostBy(result, 'newConnection')]).toContain('reset')
    expect(result.load.records.every(({ outcome }) => outcome !== 'cancelled')).toBe(true)
  })

  it('sends the signal when the test says so, and once more', async () => {
    const seen: number[] = []
    const { exit, stdout, durationMs } = await kill('closes-slowly', undefined, {
      signal: 'SIGINT',
      secondSignalAfterMs: 300,
      signalAfter: async ({ service, load }) => {
        await waitUntil(() => load.served >= 7)
        seen.push(service.pid, load.served)
      },
    })
    expect(seen).toHaveLength(2)
    expect(exit).toEqual({ code: 130, signal: null })
    expect(durationMs).toBeGreaterThanOrEqual(300)
    expect(stdout).toContain('signal 1\nsignal 2\n')
  })

  it('sends the signal to the whole group, and lets the test act during the shutdown', async () => {
    const { exit, stdout } = await kill('closes-slowly', undefined, {
      service: {
        command: '/bin/sh',
        args: ['-c', `trap '' INT; "$@"`, 'sh', process.execPath, ...fixture('closes-slowly')],
      },
      signal: 'SIGINT',
      signalTarget: 'group',
      async afterSignal({ service }) {
        await service.waitForLine(/signal 1/)
        service.signal('SIGINT', 'group')
      },
    })
    expect(exit).toEqual({ code: 130, signal: null })
    expect(stdout).toContain('signal 1\nsignal 2\n')
  })

  it('tells an HTTP/2 service that drains from one that destroys its sessions', async () => {
    const traffic: Traffic[] = [{ kind: 'http2', path: '/', clients: 6, pauseMs: 0 }]
    const run = (lameDuckMs: string | undefined) =>
      runKillScenario({
        service: { args: fixture('http2'), env: { LAME_DUCK_MS: lameDuckMs }, url: /listening on (\S+)/, ready: false },
        load: { traffic },
        signalAfter: 20,
        propagationMs: PROPAGATION_MS,
      })
    const drained = await run(String(PROPAGATION_MS + 500))
    expect(drained.load.lost, formatLoadReport(drained.load)).toEqual([])
    expect(drained.load.counts.http2?.afterSignal).toBeGreaterThan(0)
    const cut = await run(undefined)
    expect(lostBy(cut, 'http2')).toContain('refused')
    expect(lostBy(cut, 'http2')).toContain('reset')
  })

  it('leaves nothing running when the test fails', async () => {
    let pid = 0
    const failing = kill('never-exits', undefined, {
      signalAfter: async ({ service }) => {
        pid = service.pid
        throw new Error('the condition failed')
      },
    })
    await expect(failing).rejects.toThrow('the condition failed')
    expect(listProcesses().filter((entry) => entry.pid === pid)).toEqual([])
  })
})
