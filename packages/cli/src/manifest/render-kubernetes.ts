import { PROBE_PATHS } from '@lastcall/core'
import type { ManifestPlan } from './manifest-plan.ts'
import { planReadiness } from './plan-readiness.ts'

/** A patch of a Deployment: for kustomize, or to be copied into one. */
export function renderKubernetes(plan: ManifestPlan): string {
  const { name, image, port, probePort, graceSeconds, startSeconds } = plan
  const readiness = planReadiness(plan.budget.terms.lameDuckMinMs)
  const { periodSeconds, failureThreshold, seenSeconds } = readiness
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  strategy:
    rollingUpdate:
      maxSurge: 1 # so that a node needs room for one pod more
      maxUnavailable: 0 # a rollout adds before it takes away
  template:
    spec:
      terminationGracePeriodSeconds: ${graceSeconds} # the sum above
      containers:
        - name: ${name}
${image === undefined ? '' : `          image: ${JSON.stringify(image)}\n`}          ports:
            - name: http
              containerPort: ${port}
            - name: probes
              containerPort: ${probePort} # serveProbes: a thread of its own
          startupProbe:
            httpGet: { path: ${PROBE_PATHS.startup}, port: probes }
            periodSeconds: 1 # traffic comes as soon as it may
            timeoutSeconds: 1 # Kubernetes' default
            failureThreshold: ${startSeconds} # ${startSeconds} × 1 s to start
          livenessProbe:
            httpGet: { path: ${PROBE_PATHS.liveness}, port: probes }
            periodSeconds: 10 # Kubernetes' default
            timeoutSeconds: 1 # Kubernetes' default
            failureThreshold: 3 # Kubernetes' default: restarted 20 to 30 s after red
          readinessProbe:
            httpGet: { path: ${PROBE_PATHS.readiness}, port: probes }
            periodSeconds: ${periodSeconds} # red is seen after ${failureThreshold} × ${periodSeconds} + 1 = ${seenSeconds} s, within the lame duck
            timeoutSeconds: 1 # Kubernetes' default
            failureThreshold: ${failureThreshold} # see above
${renderPreStop(plan)}`
}

function renderPreStop({ preStopSeconds, budget }: ManifestPlan): string {
  const { lameDuckMinMs } = budget.terms
  if (preStopSeconds === 0)
    return `          # No preStop: the lame duck is the wait, ${lameDuckMinMs / 1000} s at least, and serves meanwhile.\n`
  return `          lifecycle:
            preStop:
              sleep:
                seconds: ${preStopSeconds} # ${preStopSeconds} + a lame duck of ${lameDuckMinMs / 1000} ≥ ${budget.facts.propagationMs / 1000} s; wants Kubernetes 1.30
`
}
