import { PROBE_PATHS } from '@lastcall/core'
import type { ManifestPlan } from './manifest-plan.ts'

/** A service of Cloud Run, which gives every container the same time: nothing here can change it. */
export function renderCloudRun({ name, image, port, graceSeconds, startSeconds }: ManifestPlan): string {
  return `# Cloud Run takes away traffic before it sends SIGTERM, and kills ${graceSeconds} s after it; that cannot be set.
apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
        - image: ${JSON.stringify(image)}
          ports:
            - containerPort: ${port} # the probes answer there too: attachServer
          startupProbe:
            httpGet: { path: ${PROBE_PATHS.startup} }
            periodSeconds: 1 # traffic comes as soon as it may
            timeoutSeconds: 1 # the default
            failureThreshold: ${startSeconds} # ${startSeconds} × 1 s to start
          livenessProbe:
            httpGet: { path: ${PROBE_PATHS.liveness} }
            periodSeconds: 10 # the default
            timeoutSeconds: 1 # the default
            failureThreshold: 3 # the default
`
}
