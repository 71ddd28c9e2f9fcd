import type { ScenarioName } from '../drill/scenario-name.ts'
import { preConnect, slowClient, upload } from './crossing-scenarios.ts'
import { dependencyDown } from './dependency-down.ts'
import { doubleSignal } from './double-signal.ts'
import { http2 } from './http2.ts'
import { livenessKill } from './liveness-kill.ts'
import { rollingRestart } from './rolling-restart.ts'
import type { Scenario } from './scenario.ts'
import { signalDuringStart } from './signal-during-start.ts'
import { signalWhileBlocked } from './signal-while-blocked.ts'
import { sse, websocket } from './stream-scenarios.ts'
import { terminate } from './terminate.ts'

/** Every scenario by its name. */
export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  terminate,
  'double-signal': doubleSignal,
  'signal-during-start': signalDuringStart,
  'signal-while-blocked': signalWhileBlocked,
  'slow-client': slowClient,
  'pre-connect': preConnect,
  upload,
  http2,
  sse,
  websocket,
  'dependency-down': dependencyDown,
  'liveness-kill': livenessKill,
  'rolling-restart': rollingRestart,
}
