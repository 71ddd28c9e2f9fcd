import { createLifecycle, type LifecycleOptions, PRESETS } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { createManifestPlan, type ManifestFlags } from './create-manifest-plan.ts'

const FLAGS: ManifestFlags = { port: '3000', probePort: '9000', startTimeout: '60s' }

const planOf = (target: string, flags: Partial<ManifestFlags> = {}, options?: LifecycleOptions) =>
  createManifestPlan(target, { ...FLAGS, ...flags }, options)

describe('createManifestPlan', () => {
  it.each([
    ['kubernetes', PRESETS.kubernetes],
    ['ecs', PRESETS.ecs],
    ['cloud-run', PRESETS['cloud-run']],
    ['compose', PRESETS.docker],
    ['systemd', PRESETS.systemd],
  ])('gives %s the grace period that it has by default, of which the service needs no telling', (target, preset) => {
    const plan = planOf(target)
    expect(plan.graceSeconds * 1000).toBe(preset.gracePeriodMs)
    expect(plan.code).toBe('createLifecycle()')
  })

  it('gives more where the preset does not do, with as long a drain as Kubernetes leaves by default', () => {
    const plan = planOf('kubernetes', { platform: 'aws-lbc', preStop: '50s' })
    expect(plan).toMatchObject({ graceSeconds: 90, preStopSeconds: 50 })
    expect(plan.budget.terms.drainMs).toBeGreaterThanOrEqual(planOf('kubernetes').budget.terms.drainMs)
    expect(plan.code).toBe("createLifecycle({ platform: 'aws-lbc', gracePeriodMs: 40000, lameDuck: { minMs: 10000 } })")
  })

  it.each(['kubernetes', 'ingress-nginx', 'traefik', 'aws-lbc', 'agic', 'gke-neg'] as const)(
    '%s: the service that is told so accepts its budget, with and without a preStop',
    (platform) => {
      for (const preStop of ['0s', '3s', '200s']) {
        const { code, budget, graceSeconds, preStopSeconds } = planOf('kubernetes', { platform, preStop })
        const options = new Function(`return ${code.slice('createLifecycle('.length, -1)}`)() as LifecycleOptions
        // A container on Kubernetes detects no more than that.
        const lifecycle = createLifecycle({ platform: 'kubernetes', ...options, signals: false, exit: false })
        lifecycle.dispose()
        expect(lifecycle.options.gracePeriodMs).toBe((graceSeconds - preStopSeconds) * 1000)
        expect(lifecycle.options.lameDuck.minMs).toBe(budget.terms.lameDuckMinMs)
        expect(budget.holds).toBe(true)
      }
    },
  )

  it('takes the options of the service for what they say', () => {
    const plan = planOf('compose', {}, { name: 'orders', drainTimeoutMs: 20_000 })
    expect(plan).toMatchObject({ name: 'orders', image: 'orders', graceSeconds: 35 })
    expect(plan.budget.terms.drainMs).toBe(20_000)
    expect(plan.code).toBe('createLifecycle({ gracePeriodMs: 35000 })')
  })

  it('leaves the image of a Deployment as it is, unless one is given', () => {
    expect(planOf('kubernetes', {}).image).toBeUndefined()
    expect(planOf('kubernetes', { image: 'orders:1' }).image).toBe('orders:1')
  })

  it('rounds a preStop up to whole seconds, as Kubernetes wants it', () => {
    expect(planOf('kubernetes', { preStop: '1500ms' }).preStopSeconds).toBe(2)
  })

  it.each<[string, Partial<ManifestFlags>, string, string]>([
    ['a shutdown that Cloud Run leaves no time for', { drain: '20s' }, 'cloud-run', 'cloud-run is to give it 10'],
    ['one that is longer than Fargate waits', { drain: '200s' }, 'ecs', 'ecs is to give it 120'],
    ['one that is longer than what is given', { drain: '20s', grace: '10s' }, 'compose', 'or allow more with --grace'],
    ['a target that it does not know', {}, 'heroku', "Option target is 'heroku': pass one of kubernetes, ecs"],
    ['a platform that is not of the target', { platform: 'docker' }, 'kubernetes', "Option --platform is 'docker'"],
    ['a preStop where there is none', { preStop: '5s' }, 'ecs', "Option --pre-stop is '5s': pass none for ecs"],
    ['a name that Kubernetes does not take', { name: 'My Orders' }, 'kubernetes', "Option --name is 'My Orders'"],
    ['a port that is none', { port: 'http' }, 'kubernetes', "Option --port is 'http'"],
  ])('refuses %s', (_, flags, target, message) => {
    expect(() => planOf(target, flags)).toThrow(message)
  })
})
