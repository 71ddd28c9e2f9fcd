import { Inject } from '@nestjs/common'

/** Injects the lifecycle. The same symbol in every copy of this package. */
export const LIFECYCLE = Symbol.for('lastcall.nestjs.lifecycle')

/** Injects the lifecycle: `constructor(@InjectLifecycle() lifecycle: Lifecycle)`. */
export const InjectLifecycle = (): ReturnType<typeof Inject> => Inject(LIFECYCLE)

/** What the module was given; for itself alone. */
export const OPTIONS = Symbol('lastcall.nestjs.options')

/** What brings the application to the lifecycle; for the module alone. */
export const HOST = Symbol('lastcall.nestjs.host')
