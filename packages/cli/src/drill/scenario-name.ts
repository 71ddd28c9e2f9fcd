/** Every way a drill can end a server. */
export const SCENARIO_NAMES = [
  'terminate',
  'double-signal',
  'signal-during-start',
  'signal-while-blocked',
  'slow-client',
  'pre-connect',
  'upload',
  'http2',
  'sse',
  'websocket',
  'dependency-down',
  'liveness-kill',
  'rolling-restart',
] as const
export type ScenarioName = (typeof SCENARIO_NAMES)[number]
