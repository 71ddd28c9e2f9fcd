import { describe, expect, it } from 'vitest'
import { createFakeProcess } from './fake-process.ts'

describe('createFakeProcess', () => {
  it('is a process without variables, files and terminal, or as it is told', () => {
    expect(createFakeProcess()).toMatchObject({ pid: 1, env: {}, interactive: false })
    const process = createFakeProcess({ env: { DYNO: 'web.1' }, interactive: true, files: ['/.dockerenv'] })
    expect(process).toMatchObject({ env: { DYNO: 'web.1' }, interactive: true })
    expect(process.fileExists('/.dockerenv')).toBe(true)
    expect(createFakeProcess().fileExists('/.dockerenv')).toBe(false)
  })

  it('sends a signal to who listens to it, and says whether anybody does', () => {
    const process = createFakeProcess()
    const heard: string[] = []
    const stop = process.onSignal('SIGTERM', (signal) => void heard.push(`first ${signal}`))
    process.onSignal('SIGTERM', (signal) => void heard.push(`second ${signal}`))
    expect(process.kill('SIGTERM')).toBe(true)
    expect(process.kill('SIGINT')).toBe(false)
    stop()
    process.kill('SIGTERM')
    expect(heard).toEqual(['first SIGTERM', 'second SIGTERM', 'second SIGTERM'])
  })

  it('throws what nothing catches at who listens, and says whether anybody does', () => {
    const process = createFakeProcess()
    const error = new Error('boom')
    const heard: unknown[] = []
    expect(process.throwUncaught(error)).toBe(false)
    const stop = process.onUncaught((...args) => void heard.push(args))
    expect(process.throwUncaught(error)).toBe(true)
    process.throwUncaught(error, 'unhandledRejection')
    stop()
    process.throwUncaught(error)
    expect(heard).toEqual([
      [error, 'uncaughtException'],
      [error, 'unhandledRejection'],
    ])
  })

  it('knows what is listened to at this moment', () => {
    const process = createFakeProcess()
    const stops = [
      process.onSignal('SIGTERM', () => undefined),
      process.onSignal('SIGINT', () => undefined),
      process.onUncaught(() => undefined),
    ]
    expect(process.listenedSignals).toEqual(['SIGTERM', 'SIGINT'])
    expect(process.listenerCount).toBe(3)
    for (const stop of stops) stop()
    expect(process.listenedSignals).toEqual([])
    expect(process.listenerCount).toBe(0)
  })

  it('records how it was ended, warned and told of errors', () => {
    const process = createFakeProcess()
    const error = new Error('boom')
    process.exit(1)
    process.exit(0)
    process.warn('raise the timeout', 'LASTCALL_KEEP_ALIVE_RACE')
    process.reportError(error)
    expect(process.exits).toEqual([1, 0])
    expect(process.warnings).toEqual([{ message: 'raise the timeout', code: 'LASTCALL_KEEP_ALIVE_RACE' }])
    expect(process.reportedErrors).toEqual([error])
  })

  it('writes a termination log only where there is one', () => {
    const process = createFakeProcess({ files: ['/dev/termination-log'] })
    expect(process.writeTerminationLog('/dev/termination-log', 'clean')).toBe(true)
    expect(process.writeTerminationLog('/tmp/other', 'clean')).toBe(false)
    expect(process.terminationLogs).toEqual([{ path: '/dev/termination-log', text: 'clean' }])
  })

  it('numbers signals as Linux does', () => {
    const { signalNumber } = createFakeProcess()
    expect(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGNONE'].map(signalNumber)).toEqual([15, 2, 1, undefined])
  })

  it('shares nothing with another one', () => {
    const [first, second] = [createFakeProcess(), createFakeProcess()]
    first.exitMembers.add({ name: 'orders', exitCode: undefined })
    first.onSignal('SIGTERM', () => undefined)
    expect(second.exitMembers.size).toBe(0)
    expect(second.kill('SIGTERM')).toBe(false)
  })
})
