import { PRESETS } from '@lastcall/core'
import { readManifest, resolvePod } from '@lastcall/kubelet'
import { describe, expect, it } from 'vitest'
import { exampleResult, exampleRun } from '../../test/example-result.ts'
import { type BudgetSources, collectBudget } from './collect-budget.ts'

function manifestOf(pod: string, deployment = ''): NonNullable<BudgetSources['manifest']> {
  const text = `kind: Deployment\nmetadata: { name: orders }\nspec:\n${deployment}  template: { spec: ${pod} }\n`
  const workload = readManifest(text)
  return { workload, container: resolvePod(workload).containers[0]! }
}

const brokenOf = (budget: ReturnType<typeof collectBudget>) =>
  budget.rules.filter(({ holds }) => holds === false).map(({ rule }) => rule)

describe('collectBudget', () => {
  it('takes Kubernetes and its preset where nothing is said', () => {
    const { facts, terms, holds } = collectBudget({}, {})
    const { gracePeriodMs, propagationMs } = PRESETS.kubernetes
    expect(facts).toMatchObject({ platform: 'kubernetes', gracePeriodMs, propagationMs })
    expect(terms).toMatchObject({ preStopMs: 0, lameDuckMinMs: propagationMs })
    expect(holds).toBe(true)
  })

  it('plans a lame duck for what the preStop does not cover, and none where it covers all', () => {
    const planned = (preStop: string) => collectBudget({ platform: 'aws-lbc', grace: '90s', preStop }, {})
    expect(planned('50s').terms).toMatchObject({ preStopMs: 50_000, lameDuckMinMs: 10_000, lameDuckMs: 12_000 })
    expect(planned('70s').terms.lameDuckMinMs).toBe(0)
  })

  it('takes the options of the service as they are: a preStop beside them waits twice', () => {
    const budget = collectBudget({ preStop: '10s' }, { options: { platform: 'ingress-nginx', drainTimeoutMs: 9000 } })
    expect(budget.terms).toMatchObject({ preStopMs: 10_000, lameDuckMinMs: 10_000, drainMs: 9000 })
    expect(brokenOf(budget)).toEqual(['kill'])
  })

  it('says when the lifecycle counts on more time than the platform leaves', () => {
    const sources = { options: { gracePeriodMs: 30_000, lameDuck: { minMs: 0 } } }
    expect(brokenOf(collectBudget({ grace: '30s', preStop: '5s' }, sources))).toEqual(['nesting'])
    expect(collectBudget({ preStop: '5s' }, sources)).toMatchObject({ holds: true, facts: { gracePeriodMs: 35_000 } })
  })

  it('reads grace period, preStop, probes and rollout of a manifest', () => {
    const pod =
      '{ terminationGracePeriodSeconds: 90, containers: [{ name: orders, lifecycle: { preStop: { sleep: { seconds: 50 } } }, ' +
      'readinessProbe: { httpGet: { port: 1 }, periodSeconds: 2, failureThreshold: 2 }, ' +
      'livenessProbe: { httpGet: { port: 1 }, terminationGracePeriodSeconds: 60 } }] }'
    const budget = collectBudget({ platform: 'aws-lbc' }, { manifest: manifestOf(pod, '  replicas: 4\n') })
    expect(budget.facts).toMatchObject({
      ...{ gracePeriodMs: 90_000, redSeenMs: 5000, livenessGraceMs: 60_000 },
      rollout: { replicas: 4, unavailable: 1 },
    })
    expect(budget.terms.preStopMs).toBe(50_000)
    expect(brokenOf(budget)).toEqual(['restart'])
  })

  it.each([
    ['  strategy: { type: Recreate }\n', { replicas: 1, unavailable: 1 }, ['rollout']],
    ['  strategy: { rollingUpdate: { maxUnavailable: 1 } }\n', { replicas: 1, unavailable: 1 }, ['rollout']],
    ['  replicas: 3\n', { replicas: 3, unavailable: 0 }, []],
  ])('counts the pods that a rollout leaves: %j', (deployment, rollout, broken) => {
    const budget = collectBudget({}, { manifest: manifestOf('{ containers: [{ name: orders }] }', deployment) })
    expect(budget.facts.rollout).toEqual(rollout)
    expect(brokenOf(budget)).toEqual(broken)
  })

  it('must be told how long a preStop takes that is no sleep', () => {
    const pod = '{ containers: [{ name: orders, lifecycle: { preStop: { exec: { command: [wait] } } } }] }'
    const manifest = manifestOf(pod)
    expect(() => collectBudget({}, { manifest })).toThrow('The preStop of container orders is an exec')
    expect(collectBudget({ preStop: '3s' }, { manifest }).terms.preStopMs).toBe(3000)
  })

  it('takes what a drill measured, and of the options what they say', () => {
    const result = exampleResult([exampleRun()])
    const measured = collectBudget({}, { result })
    expect(measured.terms).toMatchObject({ lameDuckMs: 5052, drainMs: 380, closeMs: 0 })
    expect(measured.facts).toMatchObject({ requestMs: 44, propagationMs: result.settings.propagationMs })
    const both = collectBudget({}, { result, options: { drainTimeoutMs: 40 } })
    expect(both.terms.drainMs).toBe(40)
    expect(brokenOf(both)).toEqual(['cut'])
  })

  it('puts what the command line says before every file', () => {
    const flags = { lameDuck: '3s', drain: '4s', close: '1s', flush: '500ms', margin: '2s', requests: '1s' }
    const { terms, facts } = collectBudget({ ...flags, keepAlive: '70s', deregistration: '30s' }, { options: {} })
    expect(terms).toMatchObject({ lameDuckMinMs: 3000, drainMs: 4000, closeMs: 1000, flushMs: 500, marginMs: 2000 })
    expect(facts).toMatchObject({ requestMs: 1000, keepAliveMs: 70_000, deregistrationMs: 30_000 })
  })

  it('refuses a platform that it does not know, and what is no duration', () => {
    expect(() => collectBudget({ platform: 'eks' }, {})).toThrow(
      "Option --platform is 'eks': pass one of local, kubernetes",
    )
    expect(() => collectBudget({ grace: 'long' }, {})).toThrow("Option --grace is 'long': pass a duration")
  })
})
