import { createLifecycle, type LifecycleOptions } from '@lastcall/core'
import { createFakeClock, createFakeProcess } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import { endProcess } from './end-process.ts'

/** Lifecycles that terminus ends, and others, in one process. */
function makeProcess() {
  const clock = createFakeClock()
  const ended: string[] = []
  const process = Object.assign(createFakeProcess(), { raise: (signal: string) => void ended.push(signal) })
  const exit = process.exit.bind(process)
  process.exit = (code) => {
    ended.push(`exit ${code}`)
    exit(code)
  }
  const create = (options: LifecycleOptions = {}) =>
    createLifecycle({ clock, process, lameDuck: { minMs: 0 }, ...options })
  const createOwn = ({ useExit0 = false } = {}) => {
    const lifecycle = create({ exit: false })
    endProcess(lifecycle, process, useExit0)
    return lifecycle
  }
  /** Lets as much time go by as any shutdown here takes. */
  const settle = (ms = 60_000) => clock.advance(ms)
  return { process, ended, create, createOwn, settle }
}

const hang = () => new Promise<void>(() => {})
const reject = () => Promise.reject(new Error('no'))

describe('endProcess', () => {
  it('dies of the signal, and exits with 128 and its number where that does not end the process', async () => {
    const { process, ended, createOwn, settle } = makeProcess()
    createOwn()
    process.kill('SIGINT')
    await settle()
    expect(ended).toEqual(['SIGINT', 'exit 130'])
    expect(process.listenerCount).toBe(0)
  })

  it('exits with 0 where that is asked for', async () => {
    const { process, ended, createOwn, settle } = makeProcess()
    createOwn({ useExit0: true })
    process.kill('SIGTERM')
    await settle()
    expect(ended).toEqual(['exit 0'])
  })

  it.each([
    ['rejects', reject],
    ['hangs', hang],
  ])('exits with 1 when a hook %s', async (_, hook) => {
    const { process, ended, createOwn, settle } = makeProcess()
    createOwn({ useExit0: true }).onShutdown('hook', hook)
    process.kill('SIGTERM')
    await settle()
    expect(ended).toEqual(['exit 1'])
  })

  it('exits with 1 when a hook failed and requests were cut, and not when they were only cut', async () => {
    for (const [hook, expected] of [[reject, 'exit 1'] as const, [() => {}, 'exit 0'] as const]) {
      const { process, ended, createOwn, settle } = makeProcess()
      const lifecycle = createOwn({ useExit0: true })
      lifecycle.onShutdown('hook', hook)
      lifecycle.hold('a request')
      process.kill('SIGTERM')
      await settle()
      expect(await lifecycle.shutdown()).toMatchObject({ outcome: 'cut' })
      expect(ended).toEqual([expected])
    }
  })

  it('waits for every other lifecycle in the process, and takes the worst of their codes', async () => {
    const { process, ended, create, createOwn, settle } = makeProcess()
    const slow = Promise.withResolvers<void>()
    createOwn()
    createOwn().onShutdown('slow', () => slow.promise)
    const other = create()
    other.onShutdown('hook', reject)
    process.kill('SIGTERM')
    await settle(10)
    expect(other.state.name).toBe('stopped')
    expect(ended).toEqual([])
    slow.resolve()
    await settle()
    expect(ended).toEqual(['exit 1'])
  })

  it('exits at once when it is forced', async () => {
    const { process, ended, createOwn } = makeProcess()
    createOwn()
    createOwn().onShutdown('hook', hang, { phase: 'announce' })
    for (let signals = 0; signals < 4; signals++) process.kill('SIGTERM')
    expect(ended[0]).toBe('exit 143')
  })
})
