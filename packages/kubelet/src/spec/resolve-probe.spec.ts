import type { ProbeKind } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import type { ProbeSpec } from './probe-spec.ts'
import { resolveProbe } from './resolve-probe.ts'

const tcpSocket = { port: 80 }

describe('resolveProbe', () => {
  it('fills in every default of the API', () => {
    expect(resolveProbe({ httpGet: { port: 8080 } }, 'liveness')).toEqual({
      kind: 'liveness',
      handler: { type: 'httpGet', path: '/', port: 8080, scheme: 'HTTP', httpHeaders: [] },
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    })
  })

  it('keeps what is given', () => {
    const given = {
      initialDelaySeconds: 5,
      periodSeconds: 6,
      timeoutSeconds: 7,
      failureThreshold: 8,
      terminationGracePeriodSeconds: 9,
    }
    expect(resolveProbe({ tcpSocket, ...given }, 'liveness')).toMatchObject(given)
    expect(resolveProbe({ tcpSocket, successThreshold: 2 }, 'readiness').successThreshold).toBe(2)
  })

  it.each<[string, ProbeSpec, object]>([
    [
      'httpGet',
      {
        httpGet: { path: '/h', port: 1, host: 'a', scheme: 'HTTPS', httpHeaders: [{ name: 'A', value: 'b' }] },
      },
      { type: 'httpGet', path: '/h', port: 1, host: 'a', scheme: 'HTTPS', httpHeaders: [{ name: 'A', value: 'b' }] },
    ],
    ['tcpSocket', { tcpSocket: { port: 2, host: 'a' } }, { type: 'tcpSocket', port: 2, host: 'a' }],
    ['grpc', { grpc: { port: 3 } }, { type: 'grpc', port: 3, service: '' }],
    ['exec', { exec: { command: ['cat', '/tmp/ok'] } }, { type: 'exec', command: ['cat', '/tmp/ok'] }],
  ])('takes %s', (_, spec, handler) => {
    expect(resolveProbe(spec, 'readiness').handler).toEqual(handler)
  })

  it('finds a named port among the ports of the container', () => {
    const container = { name: 'app', ports: [{ containerPort: 1 }, { name: 'probes', containerPort: 9000 }] }
    expect(resolveProbe({ httpGet: { port: 'probes' } }, 'liveness', container).handler).toMatchObject({ port: 9000 })
    expect(() => resolveProbe({ tcpSocket: { port: 'http' } }, 'liveness', container)).toThrow(
      "livenessProbe.tcpSocket.port of container app is 'http': give a number, or the name of one of the container's ports (probes).",
    )
  })

  it.each<[string, ProbeKind, ProbeSpec, string]>([
    [
      'a grace period for readiness',
      'readiness',
      { tcpSocket, terminationGracePeriodSeconds: 5 },
      'readinessProbe.terminationGracePeriodSeconds is 5: leave it out: readiness stops no container.',
    ],
    [
      'two successes for liveness',
      'liveness',
      { tcpSocket, successThreshold: 2 },
      'livenessProbe.successThreshold is 2: give 1, or leave it out: only readiness may ask for more.',
    ],
    [
      'two successes for startup',
      'startup',
      { tcpSocket, successThreshold: 2 },
      'startupProbe.successThreshold is 2: give 1, or leave it out: only readiness may ask for more.',
    ],
    ['no handler', 'startup', {}, 'startupProbe is []: give exactly one of httpGet, tcpSocket, grpc, exec.'],
    [
      'two handlers',
      'startup',
      { tcpSocket, grpc: { port: 1 } },
      'startupProbe is ["tcpSocket","grpc"]: give exactly one of httpGet, tcpSocket, grpc, exec.',
    ],
    [
      'a port out of range',
      'startup',
      { grpc: { port: 65_536 } },
      'startupProbe.grpc.port is 65536: give a port from 1 to 65535.',
    ],
    [
      'an empty command',
      'startup',
      { exec: { command: [] } },
      'startupProbe.exec.command is []: give a list of strings, the program first.',
    ],
    [
      'another scheme',
      'startup',
      { httpGet: { port: 1, scheme: 'http' as 'HTTP' } },
      "startupProbe.httpGet.scheme is 'http': give HTTP or HTTPS.",
    ],
  ])('refuses %s', (_, kind, spec, message) => {
    expect(() => resolveProbe(spec, kind)).toThrow(
      expect.objectContaining({ code: 'LASTCALL_INVALID_SPEC', message }) as Error,
    )
  })

  it.each([
    ['initialDelaySeconds', 0],
    ['periodSeconds', 1],
    ['timeoutSeconds', 1],
    ['failureThreshold', 1],
    ['successThreshold', 1],
    ['terminationGracePeriodSeconds', 1],
  ])('refuses a %s below %d and one that is not whole', (field, least) => {
    const resolve = (value: number) => () => resolveProbe({ tcpSocket, [field]: value }, 'liveness')
    expect(resolve(least)).not.toThrow()
    for (const value of [least - 1, 1.5, Number.NaN]) {
      expect(resolve(value)).toThrow(`give a whole number, ${least} or more.`)
    }
  })
})
