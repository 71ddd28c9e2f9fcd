import { Inject } from '@nestjs/common'

/** Injects the lifecycle. The same symbol in every copy of this package. */
export const LIFECYCLE = Symbol.for('lastcall.nestjs.lifecycle')

/** Injects the lifecycle: `constructor(@InjectLifecycle() lifecycle: Lifecycle)`. */
export const InjectLifecycle = (): ReturnType<typeof Inject> => Inject(LIFECYCLE)

/** What the module keeps to itself. */
export const OPTIONS = Symbol('lastcall.nestjs.options')
export const HOST = Symbol('lastcall.nestjs.host')
