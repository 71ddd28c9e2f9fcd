import { readManifest, resolvePod } from '@lastcall/kubelet'
import { describe, expect, it } from 'vitest'
import { collectBudget } from '../budget/collect-budget.ts'
import { createManifestPlan, type ManifestFlags } from './create-manifest-plan.ts'
import { MANIFEST_TARGETS } from './manifest-plan.ts'
import { renderManifest } from './render-manifest.ts'

const FLAGS: ManifestFlags = { name: 'orders', port: '3000', probePort: '9000', startTimeout: '60s' }

const render = (target: string, flags: Partial<ManifestFlags> = {}) =>
  renderManifest(createManifestPlan(target, { ...FLAGS, ...flags }))

describe('renderManifest', () => {
  it.each(['kubernetes', 'ingress-nginx', 'traefik', 'aws-lbc', 'agic', 'gke-neg'])(
    '%s: what it writes keeps every rule of the budget that reads it',
    (platform) => {
      for (const preStop of ['0s', '2s']) {
        const workload = readManifest(render('kubernetes', { platform, preStop }))
        const manifest = { workload, container: resolvePod(workload).containers[0]! }
        const { rules, facts } = collectBudget({ platform, requests: '5s', keepAlive: '700s' }, { manifest })
        expect(rules.filter(({ holds }) => holds !== true)).toEqual([])
        expect(facts.gracePeriodMs).toBe(workload.terminationGracePeriodSeconds! * 1000)
      }
    },
  )

  it('shows the arithmetic, and what the service is to be told', () => {
    expect(render('kubernetes').split('\n').slice(0, 3)).toEqual([
      '# preStop 0 + lame duck 7 + drain 13 + close 5 + flush 2 + margin 3 = 30 ≤ 30 s',
      "# New connections come for 5 s after the stop: the row kubernetes of Lastcall's platforms.",
      '# In the service: createLifecycle()',
    ])
    expect(render('kubernetes', { platform: 'ingress-nginx', preStop: '6s' })).toContain(
      'seconds: 6 # 6 + a lame duck of 4 ≥ 10 s',
    )
  })

  it.each([
    ['kubernetes', 'terminationGracePeriodSeconds: 40 # the sum above'],
    ['ecs', 'stopTimeout: 40 # the sum above'],
    ['compose', 'stop_grace_period: 40s # the sum above'],
    ['systemd', 'TimeoutStopSec=40\n'],
  ])('gives %s the grace period that was asked for', (target, line) => {
    expect(render(target, { grace: '40s' })).toContain(line)
  })

  it.each(['ecs', 'compose'])('asks by lastcall probe, without a shell, on %s', (target) => {
    expect(render(target, { probePort: '9100' })).toContain(
      "['CMD', 'node', 'node_modules/lastcall/dist/probe.js', 'liveness', '--port', '9100', '--timeout', '1s']",
    )
  })

  it.each(MANIFEST_TARGETS)('says where each number of %s comes from', (target) => {
    const lines = render(target).split('\n')
    const isNumber = (line: string) => /[:=] ?\d+s?( |$)/.test(line) && !/^#|containerPort/.test(line)
    const isExplained = (line: string) => line.includes('# ') || lines[lines.indexOf(line) - 1]?.startsWith('#')
    expect(lines.filter((line) => isNumber(line) && !isExplained(line))).toEqual([])
  })
})
