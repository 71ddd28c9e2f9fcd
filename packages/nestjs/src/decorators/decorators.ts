import type { HookContext, HookOptions } from '@lastcall/core'
import { SetMetadata } from '@nestjs/common'
import type { CheckSettings, IndicatorRun } from '../terminus/terminus-check.ts'

/** What `@OnShutdown` was given. */
export interface OnShutdownMetadata {
  readonly name: string
  readonly options: HookOptions
}

/** Where a method keeps what `@LifecycleCheck` was given. */
export const CHECK_METADATA = 'lastcall:check'

/** Where a method keeps what `@OnShutdown` was given. */
export const HOOK_METADATA = 'lastcall:hook'

/** A decorator of methods that can be called like `Method`. */
type MethodDecoratorOf<Method> = <Value extends Method>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Value>,
) => void

/**
 * Makes a method of a provider or controller a check of the lifecycle: all is well when it returns, and not when it
 * throws. It may return what an indicator of `@nestjs/terminus` gives. Options as those of `lifecycle.check()`.
 */
export function LifecycleCheck(options: CheckSettings): MethodDecoratorOf<IndicatorRun> {
  return SetMetadata(CHECK_METADATA, options)
}

/** Calls a method of a provider or controller at shutdown, as `lifecycle.onShutdown()` does. */
export function OnShutdown(
  name: string,
  options: HookOptions = {},
): MethodDecoratorOf<(context: HookContext) => void | Promise<void>> {
  const metadata: OnShutdownMetadata = { name, options }
  return SetMetadata(HOOK_METADATA, metadata)
}
