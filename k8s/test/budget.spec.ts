import { PRESETS } from '@lastcall/core'
import { resolveConfig } from '@lastcall/demo/config'
import { createService } from '@lastcall/demo/service'
import { readManifest } from '@lastcall/kubelet'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'
import { LAYERS, pathOf, pick, render } from './render.ts'

type Layer = (typeof LAYERS)[number]

interface Autoscaler {
  readonly spec: { readonly behavior: { readonly scaleDown: { readonly policies: unknown } } }
}
interface Annotated {
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> }
}

const seconds = (ms: number) => ms / 1000

/** What routes to the pods, as a row of the presets. */
const routedBy = (layer: Layer) => PRESETS[layer === 'overlays/cloud-lb' ? 'aws-lbc' : 'kubernetes']

/** The pod as the platform stops it, and the options of the service as it makes them of the pod's environment. */
async function readLayer(layer: Layer) {
  const objects = render(layer)
  const workload = readManifest(stringify(pick(objects, 'Deployment')))
  const [container] = workload.containers
  const env = Object.fromEntries(container!.env!.map(({ name, value }) => [name, value]))
  const config = resolveConfig(env)
  const { lifecycle, app, database } = await createService({ ...config, databaseUrl: 'postgres://127.0.0.1/orders' })
  const { options } = lifecycle
  const { keepAliveTimeout } = app.server
  lifecycle.dispose()
  await database.close()
  return {
    ...{ objects, workload, config, options, keepAliveTimeout },
    container: container!,
    graceSeconds: workload.terminationGracePeriodSeconds ?? NaN,
    preStopSeconds: container!.lifecycle?.preStop?.sleep?.seconds ?? 0,
  }
}

describe.each(LAYERS)('the numbers of %s', (layer) => {
  let read: Awaited<ReturnType<typeof readLayer>>
  beforeAll(async () => {
    // By this the service knows where it runs.
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.0.0.1')
    read = await readLayer(layer)
    vi.unstubAllEnvs()
  })

  it('give the service what the preStop leaves of the grace period, in which it fits', () => {
    const { options, graceSeconds, preStopSeconds } = read
    expect(preStopSeconds + seconds(options.gracePeriodMs)).toBe(graceSeconds)
    expect(options.platform).toBe('kubernetes')
  })

  it('let it serve until no new connection comes', () => {
    const { options, preStopSeconds } = read
    expect(preStopSeconds + seconds(options.lameDuck.minMs)).toBe(seconds(routedBy(layer).propagationMs))
  })

  it('show red within the lame duck', () => {
    const { periodSeconds = 10, failureThreshold = 3, timeoutSeconds = 1 } = read.container.readinessProbe!
    expect(periodSeconds * failureThreshold + timeoutSeconds).toBeLessThanOrEqual(seconds(read.options.lameDuck.minMs))
  })

  it('are those of its ports, and of its probes', () => {
    const { config, container, workload } = read
    expect(container.ports).toEqual([
      { name: 'http', containerPort: config.port },
      { name: 'probes', containerPort: config.probePort },
    ])
    expect(container.livenessProbe?.httpGet).toEqual({ path: '/livez', port: 'probes' })
    expect(workload.minReadySeconds * 1000).toBe(PRESETS.kubernetes.propagationMs)
  })

  it('let one pod go before the next is told to', () => {
    const { graceSeconds, objects, workload } = read
    if (layer === 'overlays/dev') {
      // One pod, and no autoscaler: a second one would have a database of its own.
      expect(workload).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } })
      expect(objects.map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler')
      return
    }
    const { spec } = pick<Autoscaler>(objects, 'HorizontalPodAutoscaler')
    expect(spec.behavior.scaleDown.policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: graceSeconds }])
    expect(workload.strategy).toEqual({ type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 })
  })

  if (layer === 'base' || layer === 'overlays/cloud-lb') {
    it('are summed up rightly at the top of the Deployment', () => {
      const { options, graceSeconds, preStopSeconds } = read
      const { lameDuck, drainTimeoutMs, closeTimeoutMs, flushTimeoutMs, marginMs } = options
      const [drain, close, flush, margin] = [drainTimeoutMs, closeTimeoutMs, flushTimeoutMs, marginMs].map(seconds)
      expect(readFileSync(pathOf(`${layer}/deployment.yaml`), 'utf8')).toContain(
        `preStop ${preStopSeconds} + lame duck ${seconds(lameDuck.maxMs)} + drain ${drain} + close ${close} + ` +
          `flush ${flush} + margin ${margin} = ${graceSeconds} s`,
      )
    })
  }

  if (layer === 'overlays/cloud-lb') {
    it('have the load balancer give up a connection before the service does, and wait until the pod has gone', () => {
      const { graceSeconds, keepAliveTimeout, objects } = read
      const { annotations } = pick<Annotated>(objects, 'Ingress').metadata
      const number = (name: string) => Number(annotations[`alb.ingress.kubernetes.io/${name}`]?.split('=').at(-1))
      const idleMs = number('load-balancer-attributes') * 1000
      expect(idleMs).toBe(PRESETS['aws-lbc'].idleTimeoutMs)
      expect(keepAliveTimeout).toBeGreaterThan(idleMs)
      expect(number('target-group-attributes')).toBe(graceSeconds)
    })
  }
})
