import { createLifecycle, isLastcallError, type Lifecycle } from '@lastcall/core'
import type { HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import { createBootstrap } from './bootstrap/create-bootstrap.ts'
import { joinClose } from './bootstrap/join-close.ts'
import { registerDecorated } from './decorators/register-decorated.ts'
import { drainGateways } from './gateways/drain-gateways.ts'
import { attachHttp } from './http/attach-http.ts'
import { attachRpcServer, type RpcServer } from './microservices/attach-rpc-server.ts'
import { isHttpApp, type NestApp } from './nest-app.ts'
import { createNestLogger } from './nest-logger.ts'
import type { LastcallModuleOptions } from './options.ts'
import { warnOfTerminus } from './warn-of-rivals.ts'

/** What the module keeps for one application. */
export interface Host {
  readonly lifecycle: Lifecycle
  /** Runs Nest's `onModuleInit` hooks; before that, everything of the application is brought to the lifecycle. */
  init(app: NestApp, callHooks: () => Promise<void>): Promise<void>
  /** Runs Nest's `onApplicationBootstrap` hooks. */
  bootstrap(app: NestApp, callHooks: () => Promise<void>): Promise<void>
  /** Nest's hook: an application that was never initialised closes without the lifecycle. */
  onApplicationShutdown(): void
}

/** Makes the host of an application whose modules are in `modules`, and its lifecycle where none is given. */
export function createHost(options: LastcallModuleOptions, modules: ModulesContainer, http: HttpAdapterHost): Host {
  const { lifecycle: given, probes, ...own } = options
  const logger = createNestLogger()
  const lifecycle = given ?? createLifecycle({ ...(logger && { logger }), ...own })
  const bootstrap = createBootstrap(lifecycle, !given)
  const join = joinClose(lifecycle, bootstrap)
  let joined: NestApp | undefined
  let hasRpcServer = false

  /** Nobody awaits this start: its failure, of which nobody else would hear, stays uncaught. */
  function startAlone(): void {
    if (given) return
    lifecycle.start().catch((error: unknown) => {
      if (!isLastcallError(error) || error.code !== 'LASTCALL_START_ABORTED') throw error
    })
  }

  /** Brings everything of the application to the lifecycle. */
  function adopt(app: NestApp): void {
    registerDecorated(lifecycle, modules)
    warnOfTerminus(lifecycle, app)
    if (!isHttpApp(app)) return
    attachHttp(lifecycle, app, probes, startAlone)
    drainGateways(lifecycle, app)
  }

  modules.getRpcTargetRegistry<RpcServer>().subscribe((server) => {
    hasRpcServer = true
    attachRpcServer(lifecycle, server, () => {
      if (!http.httpAdapter) startAlone()
    })
  })

  return {
    lifecycle,
    async init(app, callHooks) {
      // The microservices of a hybrid application belong to it.
      if (http.httpAdapter && !isHttpApp(app)) return callHooks()
      // A microservice initialises twice.
      const isNew = joined === undefined
      if (isNew) {
        joined = app
        join(app)
      }
      await bootstrap.run(async () => {
        if (isNew) adopt(app)
        await callHooks()
      })
    },
    async bootstrap(app, callHooks) {
      if (joined !== app) return callHooks()
      await bootstrap.run(callHooks)
      bootstrap.end()
      if (!http.httpAdapter && !hasRpcServer) startAlone()
    },
    onApplicationShutdown() {
      if (joined) return
      bootstrap.end()
      if (!given) lifecycle.dispose()
    },
  }
}
