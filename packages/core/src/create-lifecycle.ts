import type { Lifecycle } from './lifecycle.ts'
import type { LifecycleOptions } from './options.ts'

/** Makes a lifecycle. */
export function createLifecycle(options: LifecycleOptions = {}): Lifecycle {
  throw new Error(`not written yet: ${options.name}`)
}
