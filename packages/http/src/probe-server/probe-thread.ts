// The probe thread's program: it answers probes while the main thread is busy.
import { answerProbe, type ProbeAnswer, type ProbeRequest, type ProbeSnapshot } from '@lastcall/core'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { createBlockRecorder } from './block-recorder.ts'
import { blockedChecks } from './blocked-check.ts'
import { captureStack } from './capture-stack.ts'
import { createProbeServer } from './create-probe-server.ts'
import { excuseStalls } from './excuse-stalls.ts'
import { createHeartbeat, HEARTBEAT_MS, threadTime } from './heartbeat.ts'
import { createLoopWatch } from './loop-watch.ts'
import type { ThreadData, ThreadMessage } from './thread-messages.ts'

const { options, heartbeat, ...initial } = workerData as ThreadData
const { port, host, paths, details, blocked: thresholds } = options

let snapshot = initial.snapshot
const look = createLoopWatch(createHeartbeat(heartbeat).read, threadTime)
const blocks = createBlockRecorder({
  reportMs: thresholds.reportMs,
  capture: captureStack,
  onEnd: (block) => tell({ type: 'unblocked', ...block }),
})

function observe() {
  const { pulse, blockedMs, stalls } = look()
  return { pulse, stalls, block: blocks.record(blockedMs, pulse.debugged) }
}

function answer(request: ProbeRequest): ProbeAnswer | undefined {
  const { pulse, stalls, block } = observe()
  const checks = [
    ...excuseStalls(snapshot.checks, stalls),
    ...blockedChecks(block, pulse.clockAt + block.blockedMs, thresholds),
  ]
  // The time of the last heartbeat, not of now: results age only while the loop runs.
  return answerProbe({ ...snapshot, checks }, request, { now: pulse.clockAt, paths, details })
}

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

parentPort?.on('message', (newest: ProbeSnapshot) => void (snapshot = newest))
setInterval(observe, HEARTBEAT_MS)

const server = createProbeServer(answer)
server.on('error', ({ code, message }: NodeJS.ErrnoException) => tell({ type: 'failed', code, message }))
server.listen({ port, host }, () => tell({ type: 'listening', address: server.address() as AddressInfo }))
