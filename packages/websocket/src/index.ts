export { drainSocketIo, type SocketIoOptions, type SocketIoServer } from './drain-socket-io.ts'
export {
  drainWebSockets,
  type WebSocketLike,
  type WebSocketOptions,
  type WebSocketServerLike,
} from './drain-web-sockets.ts'
export { createEventStreams, type EventStreamOptions, type EventStreams } from './events/create-event-streams.ts'
export type { EventStream } from './events/event-stream.ts'
export type { ServerSentEvent } from './events/format-event.ts'
export type { SpreadOptions } from './peers/spread-options.ts'
