import { createLifecycle } from '@lastcall/core'
import { createFakeProcess, recordEvents } from '@lastcall/testing'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { TerminusModule } from '@nestjs/terminus'
import { describe, expect, it } from 'vitest'
import { logHooks } from '../test/fixtures/log-hooks.ts'
import { makeApp } from '../test/fixtures/make-app.ts'
import { LastcallModule } from './index.ts'

describe('adoptApps', () => {
  it('ignores enableShutdownHooks() before and after the initialisation, says so, and gives the app back', async () => {
    const { app, lifecycle, listen } = await makeApp()
    const events = recordEvents(lifecycle)
    const before = process.listenerCount('SIGTERM')

    expect(app.enableShutdownHooks()).toBe(app)
    await listen()
    app.enableShutdownHooks(['SIGQUIT'])

    expect(process.listenerCount('SIGTERM')).toBe(before)
    expect(process.listenerCount('SIGQUIT')).toBe(0)
    expect(events.of('warning')).toMatchObject([
      { code: 'LASTCALL_RIVAL_SHUTDOWN', message: expect.stringMatching(/^enableShutdownHooks/) },
    ])
    await app.close()
  })

  it('says so when Terminus would wait once more, and only then', async () => {
    const { app, lifecycle } = await makeApp({
      imports: [TerminusModule.forRoot({ gracefulShutdownTimeoutMs: 20_000 })],
    })
    const events = recordEvents(lifecycle)
    await app.init()
    expect(events.of('warning')).toMatchObject([
      { code: 'LASTCALL_RIVAL_SHUTDOWN', message: expect.stringMatching(/^graceful.* 20000 ms/) },
    ])
    await app.close()

    const quiet = await makeApp({ imports: [TerminusModule.forRoot()] })
    const quietEvents = recordEvents(quiet.lifecycle)
    await quiet.app.init()
    expect(quietEvents.of('warning')).toEqual([])
    await quiet.app.close()
  })

  it('leaves apps without the module as they are', async () => {
    const withModule = await makeApp()
    const log: string[] = []
    @Module({ providers: [{ provide: 'hooks', useValue: logHooks(log) }] })
    class Plain {}
    const app = await NestFactory.create(Plain, { logger: false })
    const before = process.listenerCount('SIGQUIT')

    app.enableShutdownHooks(['SIGQUIT'])
    expect(process.listenerCount('SIGQUIT')).toBe(before + 1)
    await app.init()
    await app.close()

    expect(log).toContain('onApplicationShutdown(undefined)')
    expect(process.listenerCount('SIGQUIT')).toBe(before)
    expect(withModule.lifecycle.state.name).toBe('starting')
    await withModule.app.close()
  })

  it('refuses a module that was imported twice', async () => {
    const process = createFakeProcess()
    const { app } = await makeApp({ imports: [LastcallModule.forRoot({ process })] })
    await expect(app.init()).rejects.toMatchObject({ code: 'LASTCALL_ALREADY_ATTACHED' })
  })

  it('lets an app pass in preview mode, where nothing is made', async () => {
    const lifecycle = createLifecycle({ process: createFakeProcess() })
    @Module({ imports: [LastcallModule.forRoot({ lifecycle })] })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false, preview: true })
    await app.init()
    await app.close()
    expect(lifecycle.state.name).toBe('starting')
    lifecycle.dispose()
  })
})
