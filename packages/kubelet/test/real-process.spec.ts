import { findFreePort, waitUntil } from '@lastcall/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createPod,
  createProcessRuntime,
  createRouter,
  type PodEvent,
  type PodOptions,
  PROFILES,
  readManifest,
  realClock,
} from '../src/index.ts'

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 20
      containers:
        - name: app
          ports: [{ name: http, containerPort: 3000 }]
          startupProbe: { httpGet: { path: /startupz, port: http }, periodSeconds: 1, failureThreshold: 60 }
          livenessProbe: { httpGet: { path: /livez, port: http }, periodSeconds: 1, timeoutSeconds: 60 }
          readinessProbe: { tcpSocket: { port: http }, periodSeconds: 1 }
          lifecycle:
            preStop: { httpGet: { path: /drain, port: http } }
`

/** The manifest's pod, of real processes in real time. */
async function runPod(options: Partial<PodOptions> & { env?: Record<string, string> } = {}) {
  const { env, ...rest } = options
  const port = await findFreePort()
  const command = process.execPath
  const args = [`${import.meta.dirname}/fixtures/server.ts`]
  const pod = createPod({
    name: 'orders',
    spec: readManifest(MANIFEST),
    runtime: createProcessRuntime({ command, args, env: { PORT: String(port), ...env } }),
    target: { ports: { 3000: port } },
    ...rest,
  })
  const events: PodEvent[] = []
  pod.subscribe((event) => events.push(event))
  onTestFinished(() => pod.delete({ gracePeriodSeconds: 0 }))
  await pod.start()
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  return { pod, events, get, pid: pod.containers[0]?.pid ?? NaN }
}

describe('a pod of a real process', () => {
  it('is probed, routed to, drained and gone', async () => {
    const { pod, events, get, pid } = await runPod({ prober: 'containerBound' })
    const router = createRouter({ clock: realClock })
    router.watch(pod)
    expect(router.mayConnect('orders')).toBe(false)
    await pod.whenReady()
    expect(router.endpoints()).toEqual(['orders'])
    expect(await get('/')).toBe(`/ of ${pid}`)

    await pod.delete()
    expect(router.endpoints()).toEqual([])
    expect(router.routedUntil('orders')).toBeLessThanOrEqual(realClock.now())
    expect(pod.phase).toBe('Succeeded')
    const seen = events.filter(({ type }) => /^(hook|signal|pod:gone|container:exit)/.test(type))
    expect(seen).toMatchObject([
      { type: 'hook:begin', hook: 'preStop' },
      { type: 'hook:end', outcome: 'ok' },
      { type: 'signal:send', signal: 'SIGTERM' },
      { type: 'container:exit', exit: { code: 0, signal: null, leftovers: [] } },
      { type: 'pod:gone' },
    ])
    await expect(get('/')).rejects.toThrow()
  })

  it('is started again when its event loop is blocked', async () => {
    const manifest = MANIFEST.replace('timeoutSeconds: 60', 'timeoutSeconds: 1')
    const { pod, events, get, pid } = await runPod({
      spec: { ...readManifest(manifest), terminationGracePeriodSeconds: 1 },
    })
    await pod.whenReady()
    get('/hang').catch(() => undefined)
    await waitUntil(() => (pod.containers[0]?.restartCount ?? 0) > 0 && pod.endpoint?.ready, { timeoutMs: 40_000 })
    expect(pod.containers[0]?.pid).not.toBe(pid)
    expect(events.find(({ type }) => type === 'kill:begin')).toMatchObject({ reason: 'liveness' })
    expect(events.find(({ type }) => type === 'container:exit')).toMatchObject({
      exit: { code: null, signal: 'SIGKILL' },
    })
  })

  it('is killed when it outstays its grace period', async () => {
    const { pod, events } = await runPod({ env: { STUBBORN: 'yes' }, profile: PROFILES.docker })
    await pod.whenReady()
    await pod.delete({ gracePeriodSeconds: 1 })
    const seen = events.filter(({ type }) => /^(signal|container:exit)/.test(type))
    expect(seen).toMatchObject([
      { type: 'signal:send', graceMs: 1000 },
      { type: 'signal:kill' },
      { type: 'container:exit', exit: { code: null, signal: 'SIGKILL' } },
    ])
    expect(pod.phase).toBe('Failed')
  })
})
