import type { Outcome, Phase, Suggestion, TimelineKind, VerdictCode } from '../drill/result.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'

/** What something is called, and what that means, in a sentence for somebody who reads it for the first time. */
export interface Word {
  readonly name: string
  readonly meaning: string
}

export const PHASE_WORDS: Readonly<Record<Phase, Word>> = {
  before: { name: 'before the signal', meaning: 'Normal service.' },
  lameDuck: { name: 'lame duck', meaning: 'The signal had come, and the server still accepted connections.' },
  drain: { name: 'drain', meaning: 'It no longer listened, and finished what was in flight.' },
  afterExit: { name: 'after the exit', meaning: 'The process was gone.' },
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, Word>> = {
  answered: { name: 'answered', meaning: 'The whole answer came, with a status below 500.' },
  serverError: { name: 'server error', meaning: 'The whole answer came, with a status of 500 or above.' },
  refused: { name: 'refused', meaning: 'Nobody listened: there was no connection to send the request on.' },
  resetNew: { name: 'reset, new', meaning: 'A new connection ended before anything of the answer came.' },
  resetReused: {
    name: 'reset, reused',
    meaning:
      'A kept connection ended before anything of the answer came: often it was closed just as it was used again.',
  },
  truncated: { name: 'truncated', meaning: 'The answer began and did not end.' },
  timedOut: { name: 'timed out', meaning: 'No answer came in time.' },
  retryable: {
    name: 'retryable',
    meaning: 'HTTP/2 said that the request was not processed, so that clients send it again by themselves.',
  },
}

/** What each verdict is called when something was found, and what holds when nothing was. */
export const VERDICT_WORDS: Readonly<Record<VerdictCode, { readonly fault: string; readonly passed: string }>> = {
  LOST: { fault: 'Requests were lost', passed: 'no request was lost' },
  'LATE-EXIT': { fault: 'It exited late', passed: 'it exited in time' },
  KILLED: { fault: 'It had to be killed', passed: 'it ended by itself' },
  'LIVENESS-RED': { fault: 'Liveness turned red', passed: 'liveness stayed green' },
  'NO-CLOSE-HEADER': { fault: 'No answer said Connection: close', passed: 'answers said Connection: close' },
  'KEEPALIVE-LINGER': { fault: 'Idle connections held up the exit', passed: 'no idle connection held up the exit' },
  'READY-FLAP': { fault: 'Readiness turned green again', passed: 'readiness did not turn green again' },
  ORPHANS: { fault: 'Processes were left behind', passed: 'no process was left behind' },
  'PORT-BOUND': { fault: 'The port was still taken', passed: 'the port was free again' },
  'SIGNAL-NOT-RECEIVED': { fault: 'The signal did not arrive', passed: 'the signal arrived' },
  'NO-DRAIN-WINDOW': {
    fault: 'It stopped listening too early',
    passed: 'it listened for as long as the platform routed',
  },
}

export const TIMELINE_WORDS: Readonly<Record<TimelineKind, Word>> = {
  terminating: { name: 'termination begins', meaning: 'The platform decided to stop this replica.' },
  signal: { name: 'signal', meaning: 'The platform asked the process to stop.' },
  secondSignal: { name: 'second signal', meaning: 'It was asked again.' },
  readinessRed: { name: 'readiness red', meaning: 'It said: send me nothing new.' },
  readinessGreen: { name: 'readiness green', meaning: 'It said: send me requests.' },
  livenessRed: { name: 'liveness red', meaning: 'It said: restart me.' },
  livenessGreen: { name: 'liveness green', meaning: 'It said: I am well.' },
  firstClose: {
    name: 'first Connection: close',
    meaning: 'The first answer that asked its client for a new connection.',
  },
  propagationOver: { name: 'propagation over', meaning: 'The platform has stopped to route: nothing new may come.' },
  listenerClosed: { name: 'listener closed', meaning: 'From here on, new connections are refused.' },
  firstLoss: { name: 'first loss', meaning: 'The first request was lost.' },
  lastResponse: { name: 'last response', meaning: 'Nothing was in flight any more.' },
  lastSocket: { name: 'last connection closed', meaning: 'No client was connected any more.' },
  exit: { name: 'exit', meaning: 'The process was gone.' },
  sigkill: { name: 'SIGKILL', meaning: 'The grace period was over, and the platform killed it.' },
}

export const SCENARIO_WORDS: Readonly<Record<ScenarioName, Word>> = {
  terminate: { name: 'terminate', meaning: 'The platform stops one replica, as in every rollout.' },
  'double-signal': { name: 'double signal', meaning: 'A second signal follows the first.' },
  'signal-during-start': { name: 'signal during start', meaning: 'The signal comes before the server is ready.' },
  'signal-while-blocked': {
    name: 'signal while blocked',
    meaning: 'The signal comes while the event loop is busy and can answer nobody.',
  },
  'slow-client': { name: 'slow client', meaning: 'A client that sends its request byte by byte must not hold it up.' },
  'pre-connect': { name: 'pre-connect', meaning: 'Clients hold connections open that they have not used yet.' },
  upload: { name: 'upload', meaning: 'An upload is under way when the signal comes.' },
  http2: { name: 'HTTP/2', meaning: 'Clients send many requests at a time on one HTTP/2 connection.' },
  sse: { name: 'server-sent events', meaning: 'Clients listen to event streams that never end by themselves.' },
  websocket: { name: 'WebSocket', meaning: 'Clients are connected by WebSocket.' },
  'dependency-down': { name: 'dependency down', meaning: 'A dependency is away while the server is stopped.' },
  'liveness-kill': {
    name: 'liveness kill',
    meaning: 'The platform restarts it for a failed liveness probe, and goes on routing to it.',
  },
  'rolling-restart': { name: 'rolling restart', meaning: 'One replica after the other is replaced.' },
}

export const SUGGESTION_WORDS: Readonly<Record<Suggestion['setting'], Word>> = {
  lameDuck: { name: 'lame duck', meaning: 'How long to go on serving after the signal.' },
  drain: { name: 'drain', meaning: 'How long requests in flight may take to finish.' },
  gracePeriod: { name: 'grace period', meaning: 'How long the platform waits between the signal and SIGKILL.' },
}
