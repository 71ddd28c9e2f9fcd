import { PROBE_PATHS } from '@lastcall/core'
import { describe, expect, it } from 'vitest'
import { parseProbeArguments } from './parse-probe-arguments.ts'

describe('parseProbeArguments', () => {
  it('asks liveness of the probe port of this machine', () => {
    expect(parseProbeArguments([])).toEqual({ url: 'http://127.0.0.1:9000/livez', timeoutMs: 1000 })
  })

  it.each(Object.entries(PROBE_PATHS))('knows where %s answers', (kind, path) => {
    expect(parseProbeArguments([kind]).url).toBe(`http://127.0.0.1:9000${path}`)
  })

  it.each([
    [['readiness', '--port', '3000'], 'http://127.0.0.1:3000/readyz', 1000],
    [['--port=3000', 'readiness'], 'http://127.0.0.1:3000/readyz', 1000],
    [['--host', '::1', '--timeout', '500ms'], 'http://[::1]:9000/livez', 500],
    [['--host=orders', '--timeout=2s'], 'http://orders:9000/livez', 2000],
    [['--timeout', '0.25'], 'http://127.0.0.1:9000/livez', 250],
    [['https://localhost:8443/healthz?full=1'], 'https://localhost:8443/healthz?full=1', 1000],
  ])('reads %j', (args, url, timeoutMs) => {
    expect(parseProbeArguments(args)).toEqual({ url, timeoutMs })
  })

  it.each([
    [['--prot', '3000'], 'Option --prot is not known.'],
    [['--port'], 'Option --port lacks a value.'],
    [['--port', 'http'], "Options --host and --port are '127.0.0.1' and 'http'"],
    [['--port', '70000'], "Options --host and --port are '127.0.0.1' and '70000'"],
    [['--host', 'a b'], "Options --host and --port are 'a b' and '9000'"],
    [['--timeout', '0'], "Option --timeout is '0': pass a duration"],
    [['--timeout', '2 minutes'], "Option --timeout is '2 minutes': pass a duration"],
    [['readyz'], "Probe 'readyz' is not known: pass liveness, readiness, startup, or an address with http://."],
    [['toString'], "Probe 'toString' is not known"],
    [['liveness', 'readiness'], 'Argument readiness is one too many'],
  ])('refuses %j', (args, message) => {
    expect(() => parseProbeArguments(args)).toThrow(message)
  })
})
