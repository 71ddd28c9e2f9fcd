import { describe, expect, it } from 'vitest'
import { listenToProcess } from './listen-to-process.ts'
import { createFakeProcess } from './testing.ts'

function setUp(signals: readonly string[]) {
  const process = createFakeProcess()
  const heard: unknown[] = []
  const stop = listenToProcess(process, signals, {
    onSignal: (signal) => void heard.push(signal),
    onUncaught: (...args) => void heard.push(args),
  })
  return { process, heard, stop }
}

describe('listenToProcess', () => {
  it('hears the signals it is told to, and no other', () => {
    const { process, heard } = setUp(['SIGTERM', 'SIGINT'])
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM', 'SIGTERM']) process.kill(signal)
    expect(heard).toEqual(['SIGINT', 'SIGTERM', 'SIGTERM'])
  })

  it('hears what nothing caught, and from where it came', () => {
    const { process, heard } = setUp([])
    const error = new Error('boom')
    process.throwUncaught(error)
    process.throwUncaught(error, 'unhandledRejection')
    expect(heard).toEqual([
      [error, 'uncaughtException'],
      [error, 'unhandledRejection'],
    ])
  })

  it('leaves no listener once it has stopped', () => {
    const { process, heard, stop } = setUp(['SIGTERM', 'SIGINT'])
    expect(process.listenerCount).toBe(3)
    stop()
    expect(process.listenerCount).toBe(0)
    expect(process.kill('SIGTERM')).toBe(false)
    expect(heard).toEqual([])
  })
})
