import type { Lifecycle } from '@lastcall/core'
import type { NestApp } from './nest-app.ts'

const CODE = 'LASTCALL_RIVAL_SHUTDOWN'

/** Where `@nestjs/terminus` keeps its options. */
const TERMINUS_OPTIONS = 'TERMINUS:MODULE_OPTIONS'

/** Tells of a call that was ignored. */
export function warnOfShutdownHooks(lifecycle: Lifecycle): void {
  lifecycle.warn(
    CODE,
    'enableShutdownHooks() was ignored: at a signal it would close pools while requests are served. Take the call out: the hooks run without it.',
  )
}

/** Tells of a wait that comes too late to be of use. */
export function warnOfTerminus(lifecycle: Lifecycle, app: NestApp): void {
  const { gracefulShutdownTimeoutMs = 0 } = terminusOptionsOf(app)
  if (gracefulShutdownTimeoutMs <= 0) return
  lifecycle.warn(
    CODE,
    `gracefulShutdownTimeoutMs of @nestjs/terminus waits ${gracefulShutdownTimeoutMs} ms when all is drained, in the phase close. Take it out, and set the lameDuck of the lifecycle.`,
  )
}

function terminusOptionsOf(app: NestApp): { readonly gracefulShutdownTimeoutMs?: number } {
  try {
    return app.get(TERMINUS_OPTIONS, { strict: false }) ?? {}
  } catch {
    return {}
  }
}
