import { formatLoadReport } from '@lastcall/testing'
import { describe, expect, it } from 'vitest'
import type { StartBalancer } from './balancers/balancer.ts'
import { hasProgram } from './has-program.ts'
import { isUnclean } from './replicas/create-replicas.ts'
import { runUnderLoad, type SceneResult } from './run-under-load.ts'

const { DATABASE_URL, LASTCALL_ROLLOUTS = '20' } = process.env
const ROLLOUTS = Number(LASTCALL_ROLLOUTS)
if (!(Number.isInteger(ROLLOUTS) && ROLLOUTS > 0)) {
  throw new Error(`LASTCALL_ROLLOUTS is ${LASTCALL_ROLLOUTS}: set a whole number, 1 or more.`)
}

/** What is in front of the replicas, and which platform's times are right there. */
export interface RolloutsOptions {
  readonly name: string
  readonly startBalancer: StartBalancer
  /** What this machine needs besides PostgreSQL. @default nothing */
  readonly program?: string
  /** The environment of the replicas at the matching preset. */
  readonly right: Readonly<Record<string, string>>
  /** And at a preset of another platform, with which requests are lost. */
  readonly wrong: Readonly<Record<string, string>>
}

/** Replaces three replicas of the demo under load again and again, and shows that it can fail. */
export function describeRollouts({ name, startBalancer, program, right, wrong }: RolloutsOptions): void {
  const needs = ['DATABASE_URL', ...(program === undefined ? [] : [program])]
  const isMissing = DATABASE_URL === undefined || (program !== undefined && !hasProgram(program))

  const roll = (env: Readonly<Record<string, string>>, times: number): Promise<SceneResult> =>
    runUnderLoad({ startBalancer, databaseUrl: DATABASE_URL!, env }, async ({ replicas }) => {
      for (let rollout = 0; rollout < times; rollout++) await replicas.rollOut()
    })

  describe.skipIf(isMissing)(`rollouts behind ${name} (needs ${needs.join(' and ')})`, () => {
    it(`lose nothing with the times of ${right.PLATFORM}, in ${ROLLOUTS} rollouts`, async () => {
      const result = await roll(right, ROLLOUTS)
      console.log(
        `${name}, ${right.PLATFORM}: ${ROLLOUTS} rollouts on ${result.hosts}\n${formatLoadReport(result.load)}`,
      )
      expect.soft(result.load.lost, formatLoadReport(result.load)).toEqual([])
      expect.soft(result.exits.filter(isUnclean)).toEqual([])
      expect(result).toMatchObject({ missing: [], restarts: 0 })
      expect(result.exits).toHaveLength(3 * ROLLOUTS)
      expect(result.acknowledged).toBeGreaterThan(0)
    })

    it(`lose requests with those of ${wrong.PLATFORM}, but no order`, async () => {
      const result = await roll(wrong, 1)
      console.log(`${name}, ${wrong.PLATFORM}: one rollout\n${formatLoadReport(result.load)}`)
      expect(result.load.lost.length).toBeGreaterThan(0)
      expect(result.missing).toEqual([])
    })
  })
}
