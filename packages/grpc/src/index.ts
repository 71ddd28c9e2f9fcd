export { attachGrpcServer, type GrpcOptions } from './attach-grpc-server.ts'
export type { ServiceHealth, ServiceHealths } from './health/serving-status.ts'
