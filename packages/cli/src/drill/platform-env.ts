import type { ProfileName } from '@lastcall/kubelet'

/** What each platform sets for the processes that it runs, and by which they know it. */
export const PLATFORM_ENV: Readonly<Record<ProfileName, Readonly<Record<string, string>>>> = {
  kubernetes: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '443' },
  ecs: { ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1/v4/drill' },
  'cloud-run': { K_SERVICE: 'drill', K_REVISION: 'drill-00001' },
  docker: {},
  systemd: { INVOCATION_ID: 'drill', JOURNAL_STREAM: '0:0' },
  nomad: { NOMAD_ALLOC_ID: 'drill' },
  pm2: { pm_id: '0' },
}
