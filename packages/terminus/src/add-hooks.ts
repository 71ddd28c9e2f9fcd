import type { HookPhase, Lifecycle } from '@lastcall/core'
import type { TerminusOptions } from './options.ts'

/** What the logger of `@godaddy/terminus` is told when a hook fails. */
export const SHUTDOWN_FAILED = 'error happened during shutdown'

/** Adds the hooks of terminus where they belong in the order of a shutdown. */
export function addHooks(lifecycle: Lifecycle, options: TerminusOptions): void {
  const { beforeShutdown, onSignal, onSigterm, onShutdown, logger } = options

  function add(name: string, phase: HookPhase, hook: (() => unknown) | undefined): void {
    if (!hook) return
    lifecycle.onShutdown(
      name,
      async ({ signal }) => {
        signal.addEventListener('abort', () => logger?.(SHUTDOWN_FAILED, signal.reason as Error))
        try {
          await hook()
        } catch (error) {
          logger?.(SHUTDOWN_FAILED, error as Error)
          throw error
        }
      },
      { phase },
    )
  }

  // The drain, which begins when what announces it has ended, is what terminus does between its hooks.
  add('beforeShutdown', 'announce', beforeShutdown)
  add('onSignal', 'close', onSignal ?? onSigterm)
  add('onShutdown', 'flush', onShutdown)
}
