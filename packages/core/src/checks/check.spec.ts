import { describe, expectTypeOf, it } from 'vitest'
import type { Check, ComponentCheck } from './check.ts'

const run = () => undefined

// Held by the type check: each `@ts-expect-error` fails it once the line below compiles.
describe('Check', () => {
  it('does not compile as a shared check in the liveness probe', () => {
    // @ts-expect-error A dependency that the whole fleet shares must never restart a process.
    const liveness: Check = { name: 'db', scope: 'shared', probes: ['liveness'], run }
    // @ts-expect-error Among others neither.
    const among: Check = { name: 'db', scope: 'shared', probes: ['readiness', 'liveness'], run }
    // @ts-expect-error A component's own check neither.
    const component: ComponentCheck = { scope: 'shared', probes: ['liveness'], run }
    expectTypeOf([liveness, among, component]).toBeArray()
  })

  it('compiles as a shared check elsewhere, and as a local one everywhere', () => {
    expectTypeOf({ name: 'db', scope: 'shared', probes: ['readiness', 'startup'], run } as const).toExtend<Check>()
    expectTypeOf({ name: 'heap', scope: 'local', probes: ['liveness'], run } as const).toExtend<Check>()
    expectTypeOf({ name: 'heap', probes: ['liveness', 'readiness'], run } as const).toExtend<Check>()
  })

  it('does not compile when it says whether all is well by a boolean', () => {
    // @ts-expect-error `false` must not pass for "nothing was thrown".
    const check: Check = { name: 'db', run: () => false }
    expectTypeOf(check).toExtend<Check>()
  })
})
