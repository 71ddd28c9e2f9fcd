import { type Hook, LastcallError, type Lifecycle } from '@lastcall/core'
import { MetadataScanner, type ModulesContainer, Reflector } from '@nestjs/core'
import { type CheckSettings, type IndicatorRun, terminusCheck } from '../terminus/terminus-check.ts'
import { CHECK_METADATA, HOOK_METADATA, type OnShutdownMetadata } from './decorators.ts'

type Methods = Readonly<Record<string, (...args: unknown[]) => unknown>>

/**
 * Registers the methods of providers and controllers that were decorated as checks or hooks. Throws what `check()` and
 * `onShutdown()` throw, and `LASTCALL_INVALID_OPTION` for a provider that has more than one instance.
 */
export function registerDecorated(lifecycle: Lifecycle, modules: ModulesContainer): void {
  const scanner = new MetadataScanner()
  const reflector = new Reflector()
  // An alias leads to an instance that is there already.
  const seen = new Set<unknown>()

  for (const { providers, controllers } of modules.values()) {
    for (const wrapper of [...providers.values(), ...controllers.values()]) {
      const { instance } = wrapper
      if (!isObject(instance) || seen.has(instance)) continue
      seen.add(instance)
      const methods = instance as Methods
      for (const key of scanner.getAllMethodNames(Object.getPrototypeOf(instance))) {
        const method = methods[key]
        if (!method) continue
        const check = reflector.get<CheckSettings | undefined>(CHECK_METADATA, method)
        const hook = reflector.get<OnShutdownMetadata | undefined>(HOOK_METADATA, method)
        if (!check && !hook) continue
        if (!wrapper.isDependencyTreeStatic() || wrapper.isTransient) throw hasManyInstances(wrapper.name, key)
        if (check) lifecycle.check(terminusCheck({ ...check, run: method.bind(instance) as IndicatorRun }))
        if (hook) lifecycle.onShutdown(hook.name, method.bind(instance) as Hook, hook.options)
      }
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function hasManyInstances(provider: string, method: string): LastcallError {
  return new LastcallError(
    'LASTCALL_INVALID_OPTION',
    `${provider}.${method}() is decorated for the lifecycle, and ${provider} has many instances: give it the default scope, or move the method to a provider that has.`,
  )
}
