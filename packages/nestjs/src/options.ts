import type { Lifecycle, LifecycleOptions, ProbePaths } from '@lastcall/core'
import type { FactoryProvider, ModuleMetadata } from '@nestjs/common'

/** Options of `LastcallModule.forRoot`: a lifecycle, or what `createLifecycle` makes one of. */
export type LastcallModuleOptions = {
  /** Whatever the app's global prefix is; `false`: nowhere. @default { liveness: '/livez', readiness: '/readyz', startup: '/startupz' } */
  readonly probes?: ProbePaths | false
} & (
  | {
      /** Yours to start. @default one made of the other options, started when Nest listens */
      readonly lifecycle: Lifecycle
    }
  | ({ readonly lifecycle?: undefined } & LifecycleOptions)
)

/** Options of `LastcallModule.forRootAsync`: a factory of the others. */
export interface LastcallModuleAsyncOptions {
  /** Modules that export what is injected. @default [] */
  readonly imports?: ModuleMetadata['imports']
  /** What the factory gets. @default [] */
  readonly inject?: FactoryProvider['inject']
  // As Nest types its factories: what they get is known to `inject` alone.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly useFactory: (...args: any[]) => LastcallModuleOptions | Promise<LastcallModuleOptions>
}
