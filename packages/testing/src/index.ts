// Fakes, for unit tests.
export { createFakeClock, createFakeProcess, type FakeClock, type FakeProcess } from '@lastcall/core/testing'
export { type EventOf, type EventRecorder, recordEvents } from './events/record-events.ts'
export { waitUntil, type WaitOptions } from './wait-until.ts'

export { localhostCertificate } from './tls/localhost-certificate.ts'

// A real process, real load, real signals.
export {
  type KillResult,
  type KillScenario,
  runKillScenario,
  type RunningScenario,
} from './scenario/run-kill-scenario.ts'
export { findFreePort, isPortFree } from './service/find-free-port.ts'
export type { ProcessExit, Service, ServiceOptions } from './service/service.ts'
export { spawnService } from './service/spawn-service.ts'
export type { Connector, OutgoingRequest, WireResult } from './load/connector.ts'
export { createHttp1Connector } from './load/http1-connector.ts'
export { formatLoadReport } from './load/format-load-report.ts'
export type { LoadReport, OutcomeCounts } from './load/load-report.ts'
export type { Outcome, RequestRecord } from './load/request-record.ts'
export { type Load, type LoadOptions, startLoad } from './load/start-load.ts'
export type { ConnectionUse, Traffic, TrafficAnswer, TrafficBody, TrafficKind } from './load/traffic.ts'
