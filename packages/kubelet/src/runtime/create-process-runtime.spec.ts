import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createFakeClock } from '@lastcall/core/testing'
import { waitUntil } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { resolvePod } from '../spec/resolve-pod.ts'
import { createProcessRuntime, type ProcessCommand } from './create-process-runtime.ts'
import { listProcesses } from './list-processes.ts'

const [container] = resolvePod({ containers: [{ name: 'app' }] }).containers as [never]

/** Runs a script of the shell as a container; `waitFor` waits for its output. */
async function start(script: string, more: Partial<ProcessCommand> = {}) {
  let output = ''
  const onOutput = (text: string, stream: string) => void (output += `${stream}: ${text}`)
  const runtime = createProcessRuntime({ command: '/bin/sh', args: ['-c', script], onOutput, ...more })
  const running = await runtime.start(container)
  return {
    running,
    output: () => output,
    waitFor: (text: string) => waitUntil(() => output.includes(text), { what: text }),
  }
}

/** Sleeps so long that nothing else on this machine does: another run of this spec may be under way. */
const nap = (digit: number) => `sleep ${digit}${process.pid}`

const napping = (digit: number) => listProcesses().filter(({ command }) => command === nap(digit))
const untilNapping = (digit: number) => waitUntil(() => napping(digit).length === 1, { what: nap(digit) })

describe('createProcessRuntime', () => {
  it('starts a process that leads a group of its own, and tells how it exits', async () => {
    const { running } = await start('exit 3')
    const { pid } = running
    expect(pid).toBeGreaterThan(1)
    expect(await running.exited).toMatchObject({ code: 3, signal: null, leftovers: [] })
  })

  it('gives its output, its folder and its environment', async () => {
    const cwd = realpathSync(tmpdir())
    const env = { COLOUR: 'red', HOME: undefined }
    const { running, output } = await start('echo $COLOUR ${HOME:-homeless} $PWD; echo oops >&2', { cwd, env })
    await running.exited
    expect(output()).toContain(`stdout: red homeless ${cwd}\n`)
    expect(output()).toContain('stderr: oops\n')
  })

  it('gives each start a name and each container its command', async () => {
    const clock = createFakeClock(4711)
    const runtime = createProcessRuntime(({ name }) => ({ command: 'sh', args: ['-c', `kill -9 $$ # ${name}`] }), {
      clock,
    })
    const [one, two] = [await runtime.start(container), await runtime.start(container)]
    expect([one.id, two.id, one.startedAt]).toEqual(['app-1', 'app-2', 4711])
    expect(await one.exited).toMatchObject({ code: null, signal: 'SIGKILL', endedAt: 4711 })
    await two.exited
  })

  it('signals the first process alone, or all of them', async () => {
    const script =
      "sh -c 'trap \"echo child got it; exit\" TERM; echo up; while :; do sleep 0.01; done' & trap 'echo leader got it' TERM; while :; do wait; done"
    const { running, output, waitFor } = await start(script)
    await waitFor('up')
    running.signal('SIGTERM')
    await waitFor('leader got it')
    expect(output()).not.toContain('child got it')
    running.signal('SIGTERM', 'group')
    await waitFor('child got it')
    running.kill()
    expect(await running.exited).toMatchObject({ signal: 'SIGKILL' })
  })

  it('ends what its first process leaves behind, and tells of it', async () => {
    const { running } = await start(`trap 'exit 0' TERM; ${nap(1)} & wait`)
    await untilNapping(1)
    const [left] = napping(1)
    running.signal('SIGTERM')
    expect(await running.exited).toMatchObject({ code: 0, leftovers: [{ pid: left?.pid, command: nap(1) }] })
    expect(napping(1)).toEqual([])
  })

  it('kills the whole group', async () => {
    const { running } = await start(`trap "" TERM; ${nap(2)} & wait; wait`)
    await untilNapping(2)
    running.signal('SIGTERM')
    running.kill()
    expect(await running.exited).toMatchObject({ code: null, signal: 'SIGKILL' })
    expect(napping(2)).toEqual([])
  })

  it('does nothing once it has ended', async () => {
    const { running } = await start('true')
    await running.exited
    running.signal('SIGTERM', 'group')
    running.kill()
  })

  it('does not wait for a process that has left the group and holds its output', async () => {
    const stranger = `import("node:child_process").then((m) => m.spawn("sleep", ["4${process.pid}"], { detached: true, stdio: "inherit" }).unref())`
    const { running } = await start('', { command: process.execPath, args: ['-e', stranger] })
    expect(await running.exited).toMatchObject({ code: 0, signal: null, leftovers: [] })
    await untilNapping(4)
    for (const { pid } of napping(4)) process.kill(pid, 'SIGKILL')
  })

  it('refuses a command and a folder that are not there', async () => {
    const refusal = expect.objectContaining({ code: 'LASTCALL_START_FAILED' }) as Error
    await expect(createProcessRuntime({ command: '/no/such/program' }).start(container)).rejects.toThrow(refusal)
    await expect(createProcessRuntime({ command: 'true', cwd: '/no/such/folder' }).start(container)).rejects.toThrow(
      'Container app cannot be started: spawn true ENOENT. Check its command and its cwd.',
    )
  })

  it('ends the group when the process that runs it is killed', async () => {
    const program = `
      const { createProcessRuntime } = await import(${JSON.stringify(import.meta.resolve('./create-process-runtime.ts'))})
      const runtime = createProcessRuntime({ command: 'sh', args: ['-c', '${nap(3)} & wait'] })
      await runtime.start({ name: 'app' })
      console.log('up')
      setInterval(() => undefined, 1000)`
    const host = spawn(process.execPath, ['--conditions=@lastcall/source', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(host.stdout, 'data')
    await untilNapping(3)
    host.kill('SIGKILL')
    await once(host, 'exit')
    await waitUntil(() => napping(3).length === 0)
  })
})
