import { describe, expect, it } from 'vitest'
import { createFakeProcess } from '../testing.ts'
import { detectPlatform } from './detect-platform.ts'

type Options = Parameters<typeof createFakeProcess>[0]

const platformOf = (options: Options) => detectPlatform(createFakeProcess(options))

describe('detectPlatform', () => {
  it.each<[string, Options]>([
    ['kubernetes', { env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } }],
    ['cloud-run', { env: { K_SERVICE: 'orders' } }],
    ['ecs', { env: { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/7' } }],
    ['fly', { env: { FLY_APP_NAME: 'orders' } }],
    ['heroku', { env: { DYNO: 'web.1' } }],
    ['render', { env: { RENDER: 'true' } }],
    ['nomad', { env: { NOMAD_ALLOC_ID: '7' } }],
    ['pm2', { env: { pm_id: '0' } }],
    ['systemd', { env: { NOTIFY_SOCKET: '/run/systemd/notify' } }],
    ['systemd', { env: { INVOCATION_ID: '7', JOURNAL_STREAM: '8:1' } }],
    ['docker', { files: ['/.dockerenv'] }],
    ['local', {}],
  ])('tells %s by %o', (platform, options) => {
    expect(platformOf(options)).toBe(platform)
  })

  it('believes the orchestrator before what runs inside it', () => {
    const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', pm_id: '0' }
    expect(platformOf({ env, files: ['/.dockerenv'] })).toBe('kubernetes')
  })

  it('takes a terminal that a systemd service started for local', () => {
    const env = { INVOCATION_ID: '7', JOURNAL_STREAM: '8:1' }
    expect(platformOf({ env, interactive: true })).toBe('local')
    expect(platformOf({ env: { INVOCATION_ID: '7' } })).toBe('local')
  })
})
