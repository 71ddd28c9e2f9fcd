import { describe } from 'vitest'
import type { ContractFactory } from './contract-app.ts'
import { describeDrain } from './describe-drain.ts'
import { describeOwnership } from './describe-ownership.ts'
import { describeProbes } from './describe-probes.ts'

/**
 * Runs the adapter contract: what every adapter between a framework and a lifecycle must do, with the real engine on
 * real sockets. Call it from a Vitest spec; `factory` builds an app with the adapter under test.
 */
export function describeAdapterContract(name: string, factory: ContractFactory): void {
  describe(`${name} keeps the adapter contract`, () => {
    describeProbes(factory)
    describeDrain(factory)
    describeOwnership(factory)
  })
}
