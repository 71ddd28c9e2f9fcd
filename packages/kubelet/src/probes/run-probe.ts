import { realClock } from '../clock/real-clock.ts'
import type { ProbeHandler } from '../spec/probe-spec.ts'
import { probeExec } from './probe-exec.ts'
import { probeGrpc } from './probe-grpc.ts'
import { probeHttp } from './probe-http.ts'
import type { ProbeOutcome, ProbeTarget, RunProbeOptions } from './probe-outcome.ts'
import { probeTcp } from './probe-tcp.ts'

/** Runs a probe once against the real network, or a real command, with the rules of the kubelet. Never rejects. */
export async function runProbe(
  handler: ProbeHandler,
  target: ProbeTarget,
  { timeoutMs, signal: stop, clock = realClock }: RunProbeOptions,
): Promise<ProbeOutcome> {
  const controller = new AbortController()
  const end = () => controller.abort(new Error('the probe was stopped'))
  const timer = clock.setTimeout(() => controller.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  if (stop?.aborted) end()
  stop?.addEventListener('abort', end, { once: true })
  try {
    const outcome = await dispatch(handler, target, controller.signal)
    return stop?.aborted ? { outcome: 'unknown', message: 'the probe was stopped' } : outcome
  } finally {
    clock.clearTimeout(timer)
    stop?.removeEventListener('abort', end)
  }
}

function dispatch(handler: ProbeHandler, target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
  switch (handler.type) {
    case 'httpGet':
      return probeHttp(handler, target, signal)
    case 'tcpSocket':
      return probeTcp(handler, target, signal)
    case 'grpc':
      return probeGrpc(handler, target, signal)
    case 'exec':
      return probeExec(handler, target, signal)
  }
}
