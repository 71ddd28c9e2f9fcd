import { waitUntil } from '@lastcall/testing'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { provideBaseImages } from './base-images.ts'
import { type ContainerState, docker, DOCKER, inspect } from './docker.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const IMAGE = 'lastcall-demo-test'
const NODE = '/usr/local/bin/node'
const MINUTE_MS = 60_000

describe.skipIf(DOCKER === undefined)(
  'the image (npm run test:services builds it where there is a Docker engine)',
  () => {
    let container = ''
    beforeAll(async () => {
      const bases = await provideBaseImages()
      const file = `${root}apps/demo/Dockerfile`
      await docker('build', '--quiet', '--network', 'host', '--file', file, ...bases, '--tag', IMAGE, root)
      // As k8s/base runs it: nothing to write to but the data, no rights, and here no network either.
      const bounds = ['--network', 'none', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']
      const data = ['--tmpfs', '/data:uid=65532,gid=65532,mode=0755']
      container = await docker('run', '--detach', ...bounds, ...data, IMAGE)
    }, 15 * MINUTE_MS)
    afterAll(async () => {
      if (container === '') return
      await docker('rm', '--force', container)
      await docker('rmi', IMAGE)
    })

    it('holds little more than Node', async () => {
      const sizeOf = async (...command: string[]) => Number(await docker('exec', container, NODE, '-p', ...command))
      const node = await sizeOf(`fs.statSync('${NODE}').size`)
      expect((await inspect<number>(IMAGE, 'Size')) - node).toBeLessThan(80 * 1024 * 1024)
    })

    it('says by itself when it is well', { timeout: 5 * MINUTE_MS }, async () => {
      const health = await waitUntil(
        async () => {
          const { Health, Status } = await inspect<ContainerState>(container, 'State')
          if (Status !== 'running') throw new Error(await docker('logs', container))
          return Health?.Status === 'healthy' && Health
        },
        { timeoutMs: 4 * MINUTE_MS, intervalMs: 500, what: 'health' },
      )
      expect(health.Log.at(-1)?.Output).toContain('http://127.0.0.1:9000/livez answered 200')
    })

    it('runs Node as PID 1, as a user without rights, and has no shell', async () => {
      const script = `fs.readFileSync('/proc/1/cmdline', 'utf8').split('\\0').join(' ') + fs.statSync('/proc/1').uid`
      expect(await docker('exec', container, NODE, '-p', script)).toBe(`${NODE} apps/demo/src/main.ts 65532`)
      await expect(docker('exec', container, '/bin/sh', '-c', 'true')).rejects.toThrow('/bin/sh')
    })

    it('stops by itself on SIGTERM, and tells how', async () => {
      await docker('stop', '--time', '60', container)
      expect(await inspect<ContainerState>(container, 'State')).toMatchObject({ Status: 'exited', ExitCode: 0 })
      expect(await docker('logs', container)).toMatch(/orders stopped in .+ on SIGTERM .+ clean, exit 0/)
    })
  },
)
