// A pod, its kubelet and what routes to it.
export { createPod } from './pod/create-pod.ts'
export type { ContainerStatus, DeleteOptions, Pod, PodHandlers, PodOptions } from './pod/pod.ts'
export type { KillReason, PodEvent, PodEventPayloads, PodEventType, PodListener } from './pod/pod-event.ts'
export {
  createProcessRuntime,
  type ProcessCommand,
  type ProcessRuntimeOptions,
} from './runtime/create-process-runtime.ts'
export {
  createRouter,
  type RoutedConnection,
  type RoutedPod,
  type Router,
  type RouterOptions,
} from './routing/create-router.ts'
export type { EndpointConditions } from './routing/endpoint-conditions.ts'

// What is run.
export { readManifest } from './manifest/read-manifest.ts'
export type { ManifestOptions, Workload } from './manifest/workload.ts'
export type { ContainerSpec, LifecycleHandlerSpec, PodSpec } from './spec/pod-spec.ts'
export type {
  ExecAction,
  GrpcAction,
  HttpGetAction,
  PortReference,
  ProbeSpec,
  TcpSocketAction,
} from './spec/probe-spec.ts'
export type { Profile } from './profiles/profile.ts'
export { type ProfileName, PROFILES, resolveProfile } from './profiles/profiles.ts'

// The parts, for those who build something else from them.
export { realClock } from './clock/real-clock.ts'
export { runHook } from './pod/run-hook.ts'
export { createProber } from './prober/create-prober.ts'
export type { ProbedContainer, Prober, ProberMode, ProberOptions, ProbeResult } from './prober/prober.ts'
export { runProbe } from './probes/run-probe.ts'
export type { ProbeOutcome, ProbeTarget, RunProbeOptions } from './probes/probe-outcome.ts'
export type { ContainerExit, ContainerRuntime, LeftoverProcess, RunningContainer } from './runtime/container-runtime.ts'
export type { HookHandler, ResolvedContainer, ResolvedPod } from './spec/pod-spec.ts'
export type { ProbeHandler, ResolvedHttpGet, ResolvedProbe } from './spec/probe-spec.ts'
export { resolvePod } from './spec/resolve-pod.ts'
export { resolveProbe } from './spec/resolve-probe.ts'
