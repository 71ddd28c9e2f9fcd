import { type Lifecycle, LastcallError, type ShutdownReason } from '@lastcall/core'

/** Nest's way from its first provider to its last `onApplicationBootstrap` hook, in the middle of which nothing is closed. */
export interface Bootstrap {
  /**
   * Runs one of its steps. When the lifecycle shuts down before or meanwhile, the bootstrap is given up: rejects with
   * `LASTCALL_START_ABORTED`.
   */
  run(step: () => Promise<void>): Promise<void>
  /** The last step is over. */
  end(): void
  /** Resolves when no step is under way. */
  idle(): Promise<void>
}

/**
 * Makes the bootstrap of one application; a drain waits until it is over, or given up. `startsAlone`: nothing that the
 * lifecycle starts waits for the bootstrap, so that it may be given up when the shutdown is over, and not before.
 */
export function createBootstrap(lifecycle: Lifecycle, startsAlone: boolean): Bootstrap {
  const over = Promise.withResolvers<void>()
  let step: Promise<void> | undefined
  const idle = async () => void (await step?.catch(() => {}))

  async function giveUpWhenDraining(): Promise<void> {
    const { aborted, reason } = lifecycle.draining
    if (!aborted) return
    over.resolve()
    if (startsAlone) await hasExited(lifecycle)
    const { message } = reason as LastcallError
    throw new LastcallError('LASTCALL_START_ABORTED', `Nest's bootstrap was given up: ${message}`, { cause: reason })
  }

  if (!lifecycle.draining.aborted) {
    // A signal may come while providers are made, of which nothing tells the end. An error may have been the end.
    const waitFor = (kind: ShutdownReason['kind']) => (kind === 'signal' ? over.promise : idle())
    lifecycle.onShutdown('bootstrap', ({ reason }) => waitFor(reason.kind), { phase: 'drain' })
  }

  return {
    async run(begin) {
      await giveUpWhenDraining()
      step = begin()
      try {
        await step
      } catch (error) {
        over.resolve()
        throw error
      }
      await giveUpWhenDraining()
    },
    end: over.resolve,
    idle,
  }
}

/** Resolves after the exit, where there is one: whoever catches the error may end the process with a code of its own. */
async function hasExited({ clock, shutdown }: Lifecycle): Promise<void> {
  await shutdown()
  await new Promise<void>((resolve) => clock.setTimeout(resolve, 0))
}
