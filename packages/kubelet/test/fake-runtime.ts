import type { Clock } from '@lastcall/core'
import type { ContainerExit, ContainerRuntime, RunningContainer } from '../src/runtime/container-runtime.ts'

/** How a container of a test behaves, each time it is started. */
export interface Behaviour {
  /** From a signal to the exit with 0; `undefined` ignores signals. @default 0 */
  readonly stopMs?: number | undefined
  /** From the start to an exit by itself. @default never */
  readonly livesMs?: number
  /** The code of that exit. @default 1 */
  readonly code?: number
  /** The runtime cannot start it. */
  readonly broken?: boolean
}

/** What was done to a container. */
export interface Deed {
  readonly container: string
  readonly what: string
  readonly at: number
}

/** A runtime whose containers are simulated, and what was done to them. */
export interface FakeRuntime extends ContainerRuntime {
  readonly deeds: readonly Deed[]
}

/** Makes a runtime; `behave` is asked at each start, with the number of starts before it. */
export function createFakeRuntime(
  clock: Clock,
  behave: (container: string, starts: number) => Behaviour = () => ({}),
): FakeRuntime {
  const deeds: Deed[] = []
  const starts = new Map<string, number>()

  return {
    deeds,
    start({ name }) {
      const note = (what: string) => deeds.push({ container: name, what, at: clock.now() })
      const before = starts.get(name) ?? 0
      const { stopMs, livesMs, code = 1, broken } = { stopMs: 0, ...behave(name, before) }
      starts.set(name, before + 1)
      note('start')
      if (broken) return Promise.reject(new Error(`${name} is broken`))

      const exited = Promise.withResolvers<ContainerExit>()
      let over = false
      const exit = (how: ContainerExit) => {
        if (!over) note('exit')
        over = true
        clock.clearTimeout(life)
        exited.resolve(how)
      }
      const life = livesMs === undefined ? undefined : clock.setTimeout(() => exit({ code, signal: null }), livesMs)
      const running: RunningContainer = {
        id: `${name}-${before}`,
        startedAt: clock.now(),
        exited: exited.promise,
        signal(signal, target) {
          note(target === 'group' ? `${signal} to all` : signal)
          if (stopMs !== undefined) clock.setTimeout(() => exit({ code: 0, signal: null }), stopMs)
        },
        kill() {
          note('SIGKILL')
          exit({ code: null, signal: 'SIGKILL' })
        },
      }
      return Promise.resolve(running)
    },
  }
}
