import type { CheckStatus, Lifecycle, ProbeKind } from '@lastcall/core'

/** What {@link LifecycleHealthIndicator} gives to Terminus. */
export type LifecycleHealth<Key extends string> = Record<
  Key,
  { readonly status: 'up' | 'down'; readonly state: string; readonly checks: Readonly<Record<string, CheckStatus>> }
>

/**
 * For a controller that answers with `@nestjs/terminus`: brings it what the lifecycle's probe says, from memory, so that
 * it is down from the signal on, and the checks run no more often than they were told.
 */
export class LifecycleHealthIndicator {
  readonly #lifecycle: Lifecycle

  constructor(lifecycle: Lifecycle) {
    this.#lifecycle = lifecycle
  }

  /** Up when the probe says 200. Names the checks and how they stand, and nothing of what they say. */
  check<const Key extends string>(key: Key, probe: ProbeKind = 'readiness'): LifecycleHealth<Key> {
    const { status, checks } = this.#lifecycle.probe(probe)
    const health = {
      status: status === 'fail' ? 'down' : 'up',
      state: this.#lifecycle.state.name,
      checks: Object.fromEntries(checks.map((check) => [check.name, check.status])),
    } as const
    return { [key]: health } as LifecycleHealth<Key>
  }
}
