import { type DynamicModule, Module, type Provider } from '@nestjs/common'
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import { adoptApps } from './adopt-apps.ts'
import { createHost, type Host } from './host.ts'
import type { LastcallModuleAsyncOptions, LastcallModuleOptions } from './options.ts'
import { LifecycleHealthIndicator } from './terminus/lifecycle-health-indicator.ts'
import { HOST, LIFECYCLE, OPTIONS } from './tokens.ts'

/**
 * The module: probes, and a shutdown that loses no request. Global: import it once, in the root module. Provides the
 * lifecycle (`@InjectLifecycle()`) and {@link LifecycleHealthIndicator}.
 */
export class LastcallModule {
  /** With a lifecycle, or with options for one; creating the app throws what `createLifecycle` throws. */
  static forRoot(options: LastcallModuleOptions = {}): DynamicModule {
    return dynamicModule({ provide: OPTIONS, useValue: options })
  }

  /** With options from a factory, for what providers know. Signals are listened to once it has resolved. */
  static forRootAsync({ imports = [], inject = [], useFactory }: LastcallModuleAsyncOptions): DynamicModule {
    return dynamicModule({ provide: OPTIONS, inject, useFactory }, imports)
  }
}

Module({})(LastcallModule)

function dynamicModule(options: Provider, imports: NonNullable<DynamicModule['imports']> = []): DynamicModule {
  const provideHost = (...args: Parameters<typeof createHost>) => {
    adoptApps()
    return createHost(...args)
  }
  return {
    module: LastcallModule,
    global: true,
    imports,
    providers: [
      options,
      { provide: HOST, inject: [OPTIONS, ModulesContainer, HttpAdapterHost], useFactory: provideHost },
      { provide: LIFECYCLE, inject: [HOST], useFactory: ({ lifecycle }: Host) => lifecycle },
      {
        provide: LifecycleHealthIndicator,
        inject: [LIFECYCLE],
        useFactory: (...args: ConstructorParameters<typeof LifecycleHealthIndicator>) =>
          new LifecycleHealthIndicator(...args),
      },
    ],
    exports: [LIFECYCLE, LifecycleHealthIndicator],
  }
}
