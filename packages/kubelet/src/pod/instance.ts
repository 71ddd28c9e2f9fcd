import type { ContainerExit, RunningContainer } from '../runtime/container-runtime.ts'

/** One run of a container, from its start to its exit. */
export interface Instance {
  readonly running: RunningContainer
  readonly exited: Promise<ContainerExit>
  /** Aborts when it has exited. */
  readonly gone: AbortSignal
  /** Aborts when what is left of its grace period is taken away. */
  readonly hurried: AbortSignal
  hurry(): void
  /** Its stop, once that has begun. */
  stopping?: Promise<void>
}

/** Follows what a runtime has started. */
export function createInstance(running: RunningContainer): Instance {
  const gone = new AbortController()
  const hurried = new AbortController()
  const exited = running.exited.then((exit) => {
    gone.abort(new Error('the container has ended'))
    return exit
  })
  return { running, exited, gone: gone.signal, hurried: hurried.signal, hurry: () => hurried.abort() }
}
