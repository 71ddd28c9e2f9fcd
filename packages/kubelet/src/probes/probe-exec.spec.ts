import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createFakeClock } from '@lastcall/core/testing'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import type { ProbeTarget } from './probe-outcome.ts'
import { listProcesses } from '../runtime/list-processes.ts'
import { runProbe } from './run-probe.ts'

const sh = (script: string, target: ProbeTarget = {}) =>
  runProbe({ type: 'exec', command: ['/bin/sh', '-c', script] }, target, { timeoutMs: 30_000 })

describe('probeExec', () => {
  it('succeeds with exit code 0 and says what it printed', async () => {
    expect(await sh('printf fine; printf " indeed" >&2')).toEqual({ outcome: 'success', message: 'fine indeed' })
  })

  it('fails with another exit code', async () => {
    expect(await sh('printf "no such file"; exit 3')).toEqual({ outcome: 'failure', message: 'no such file' })
  })

  it('fails when a signal ends it', async () => {
    expect(await sh('kill -9 $$')).toEqual({ outcome: 'failure', message: '' })
  })

  it('keeps 10 KiB of what it printed', async () => {
    const { outcome, message } = await sh('head -c 20000 /dev/zero | tr "\\0" a')
    expect(outcome).toBe('success')
    expect(message).toBe('a'.repeat(10 * 1024))
  })

  it('runs without a shell, in the folder and the environment of the target', async () => {
    const cwd = realpathSync(tmpdir())
    expect(await sh('pwd; echo $COLOUR', { cwd, env: { COLOUR: 'red' } })).toMatchObject({ message: `${cwd}\nred\n` })
    const echo = runProbe({ type: 'exec', command: ['echo', '$HOME', '*'] }, {}, { timeoutMs: 30_000 })
    expect(await echo).toEqual({ outcome: 'success', message: '$HOME *\n' })
  })

  it('is killed with all it started when the time is over, and has failed', async () => {
    const clock = createFakeClock()
    const nap = `sleep 8${process.pid}`
    const script = `sh -c "exec ${nap}" & wait`
    const result = runProbe({ type: 'exec', command: ['/bin/sh', '-c', script] }, {}, { timeoutMs: 1000, clock })
    const sleeping = () => listProcesses().filter(({ command }) => command === nap)
    await waitUntil(() => sleeping().length === 1)
    await clock.advance(1000)
    expect(await result).toEqual({
      outcome: 'failure',
      message: `command "/bin/sh -c ${script}": no answer within 1000 ms`,
    })
    await waitUntil(() => sleeping().length === 0)
  })

  it('is unknown when there is no such program', async () => {
    const result = runProbe({ type: 'exec', command: ['/no/such/program'] }, {}, { timeoutMs: 30_000 })
    expect(await result).toEqual({ outcome: 'unknown', message: 'spawn /no/such/program ENOENT' })
  })
})
