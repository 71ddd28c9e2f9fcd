import type { ManifestPlan } from './manifest-plan.ts'

/** A unit of systemd. */
export function renderSystemd({ name, graceSeconds }: ManifestPlan): string {
  return `[Unit]
Description=${name}
After=network-online.target
Wants=network-online.target

[Service]
# Node itself, not npm: it gets the signal.
ExecStart=/usr/bin/node /srv/${name}/server.js
Environment=NODE_ENV=production
DynamicUser=true
# The signal goes to Node alone; what is left at the end is killed with it.
KillMode=mixed
KillSignal=SIGTERM
# The sum above; 90 by default.
TimeoutStopSec=${graceSeconds}
Restart=on-failure

[Install]
WantedBy=multi-user.target
`
}
