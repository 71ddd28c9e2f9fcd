import type { Outcome, Phase, Suggestion, TimelineKind, VerdictCode } from '../drill/result.ts'
import type { ScenarioName } from '../drill/scenario-name.ts'

/** What something is called, and what that means, in a sentence for somebody who reads it for the first time. */
export interface Word {
  readonly name: string
  readonly meaning: string
}

export const PHASE_WORDS: Readonly<Record<Phase, Word>> = {
  before: { name: 'before', meaning: 'The signal had not come: normal service.' },
  lameDuck: { name: 'lame duck', meaning: 'The signal had come, and the server still accepted connections.' },
  drain: { name: 'drain', meaning: 'It no longer listened, and finished what was in flight.' },
  afterExit: { name: 'after exit', meaning: 'The process was gone.' },
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
  terminate: { name: 'terminate', meaning: 'The platform stops it under load, as in every rollout.' },
  'double-signal': {
    name: 'double signal',
    meaning: 'Somebody is in a hurry: the signal comes twice. What fails after the second was asked for.',
  },
  'signal-during-start': { name: 'signal during start', meaning: 'The signal comes halfway through the start.' },
  'signal-while-blocked': {
    name: 'signal while blocked',
    meaning: 'At the signal it can do nothing for a second, as while its event loop is blocked.',
  },
  'slow-client': {
    name: 'slow client',
    meaning: 'Clients send their requests bit by bit, and one never comes to its end.',
  },
  'pre-connect': {
    name: 'pre-connect',
    meaning: 'Clients have connections open on which they have sent nothing yet, as browsers and load balancers do.',
  },
  upload: { name: 'upload', meaning: 'Uploads are going on at the signal.' },
  http2: { name: 'HTTP/2', meaning: 'Clients speak HTTP/2: GOAWAY tells them to leave.' },
  sse: { name: 'server-sent events', meaning: 'Many clients follow server-sent events.' },
  websocket: { name: 'WebSocket', meaning: 'Many clients are connected by WebSocket.' },
  'dependency-down': {
    name: 'dependency down',
    meaning: 'It is started without what it depends on. It may wait or exit, not ask for a restart or refuse to stop.',
  },
  'liveness-kill': {
    name: 'liveness kill',
    meaning: 'The platform restarts it. No endpoint is removed: only red readiness stops the routing.',
  },
  'rolling-restart': {
    name: 'rolling restart',
    meaning: 'Replicas are replaced one after another, a new one being ready before an old one is stopped.',
  },
}

export const SUGGESTION_WORDS: Readonly<Record<Suggestion['setting'], Word>> = {
  lameDuck: { name: 'lame duck', meaning: 'How long to go on serving after the signal.' },
  drain: { name: 'drain', meaning: 'How long requests in flight may take to finish.' },
  gracePeriod: { name: 'grace period', meaning: 'How long the platform waits between the signal and SIGKILL.' },
}
