import { createLifecycle } from '@lastcall/core'
import { describe, expect, it, vi } from 'vitest'
import { terminusProcess } from './terminus-process.ts'

describe('terminusProcess', () => {
  it('hears signals, makes room for many listeners and gives it back', () => {
    const port = terminusProcess()
    const before = process.getMaxListeners()
    const heard: string[] = []
    const stops = Array.from({ length: 30 }, () => port.onSignal('SIGUSR2', (signal) => void heard.push(signal)))
    expect(process.getMaxListeners()).toBe(before + 30)
    process.emit('SIGUSR2', 'SIGUSR2')
    expect(heard).toHaveLength(30)
    for (const stop of stops) stop()
    expect(process.listenerCount('SIGUSR2')).toBe(0)
    expect(process.getMaxListeners()).toBe(before)
  })

  it('leaves a limit that is off as it is', () => {
    const before = process.getMaxListeners()
    process.setMaxListeners(0)
    const stop = terminusProcess().onSignal('SIGUSR2', () => {})
    expect(process.getMaxListeners()).toBe(0)
    stop()
    process.setMaxListeners(before)
  })

  it('numbers the signals of this system, and takes others for signals that never come', () => {
    const { signalNumber } = terminusProcess()
    expect(['SIGTERM', 'SIGINT', 'SIGNONE'].map(signalNumber)).toEqual([15, 2, 0])
  })

  it('listens to no error that nothing caught, and writes nothing for the platform', () => {
    const port = terminusProcess()
    const before = process.listenerCount('uncaughtException')
    port.onUncaught(() => {})()
    expect(process.listenerCount('uncaughtException')).toBe(before)
    expect(port.writeTerminationLog('/dev/termination-log', 'text')).toBe(false)
    expect(port.fileExists('/')).toBe(false)
  })

  it('shares the end of the process with the lifecycles of the core', () => {
    const lifecycle = createLifecycle({ name: 'another', signals: false })
    expect([...terminusProcess().exitMembers].map(({ name }) => name)).toContain('another')
    lifecycle.dispose()
  })

  it('sends signals to itself', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    terminusProcess().raise('SIGTERM')
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM')
    kill.mockRestore()
  })
})
