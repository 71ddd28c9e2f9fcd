import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNestLogger } from './nest-logger.ts'

describe('createNestLogger', () => {
  beforeEach(() => Logger.overrideLogger(new ConsoleLogger()))
  afterEach(() => Logger.overrideLogger(false))

  function overrideLogger(): unknown[][] {
    const lines: unknown[][] = []
    const note =
      (level: string) =>
      (...args: unknown[]) =>
        void lines.push([level, ...args])
    const logger: LoggerService = { log: note('log'), warn: note('warn'), error: note('error') }
    Logger.overrideLogger(logger)
    return lines
  }

  it("logs where Nest does, also when Nest's logger is set later", () => {
    const logger = createNestLogger()
    const lines = overrideLogger()
    logger?.info({ durationMs: 5 }, 'started')
    logger?.warn({ check: 'db', output: 'no route' }, 'check db says fail')
    logger?.warn({ name: 'nest', error: 'broken hook' }, 'nest failed')

    expect(lines).toEqual([
      ['log', 'started', 'Lifecycle'],
      ['warn', 'check db says fail: no route', 'Lifecycle'],
      ['warn', 'nest failed: broken hook', 'Lifecycle'],
    ])
  })

  it('shows uncaught errors with their stack', () => {
    const logger = createNestLogger()
    const lines = overrideLogger()
    logger?.error({ err: new Error('a bug') }, 'uncaughtException')
    expect(lines[0]?.[1]).toMatch(/^uncaughtException: Error: a bug\n +at /)
  })

  it('is none when the logger of Nest is off, so that the process hears of errors', () => {
    Logger.overrideLogger(false)
    expect(createNestLogger()).toBeUndefined()
  })
})
