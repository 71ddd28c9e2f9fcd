import {
  type ChannelInterface,
  type Client,
  type ClientReadableStream,
  type ClientUnaryCall,
  connectivityState,
  credentials,
  makeClientConstructor,
  type Metadata,
  type ServiceError,
  status,
  type StatusObject,
} from '@grpc/grpc-js'
import type { Connector, OutgoingRequest, WireResult } from '@lastcall/testing'
import { pipeline, Readable } from 'node:stream'
import { grpcOrders, type Piece } from '../../fixtures/orders/grpc-orders.ts'

type Callback = (error: ServiceError | null, response?: unknown) => void

interface OrdersClient extends Client {
  take(request: object, callback: Callback): ClientUnaryCall
  list(request: object, callback: Callback): ClientUnaryCall
  send(callback: Callback): ClientUnaryCall & NodeJS.WritableStream
  export(request: object): ClientReadableStream<Piece>
  follow(request: object): ClientReadableStream<Piece>
}

const OrdersConstructor = makeClientConstructor(grpcOrders, 'Orders')

/** What the statuses of the orders mean to a load that thinks in those of HTTP. */
const HTTP_STATUS: Readonly<Record<number, number>> = { [status.OK]: 200, [status.FAILED_PRECONDITION]: 503 }
const CREATED = 201

/**
 * A client of the orders as gRPC: with a channel that it keeps, or one for each call. It has no retries but the one that
 * gRPC makes by itself of what was not processed (gRFC A6).
 */
export function createGrpcConnector(url: string, keepsChannel: boolean): Connector {
  let current: OrdersClient | undefined

  function open(): OrdersClient {
    // By default all channels of a process share their connections.
    const options = { 'grpc.use_local_subchannel_pool': 1 }
    return new OrdersConstructor(new URL(url).host, credentials.createInsecure(), options) as unknown as OrdersClient
  }

  return {
    get established() {
      return isReady(current)
    },
    async send(request) {
      const client = (current ??= open())
      const connection = isReady(client) ? 'reused' : 'new'
      const isConnected = await connect(client.getChannel())
      const { onStatus } = request
      let head: number | undefined
      const { code, details } = await call(client, request, () => onStatus((head ??= statusOf(request, status.OK))))
      const complete = code in HTTP_STATUS
      if (complete) onStatus((head = statusOf(request, code)))
      const connectionClose = !isReady(client)
      if (!keepsChannel) {
        client.close()
        current = undefined
      }
      const result: WireResult = { connection, complete, connectionClose, retryable: false }
      if (complete) return { ...result, status: statusOf(request, code) }
      const isRefused = details.includes('ECONNREFUSED')
      return {
        ...result,
        ...(head !== undefined && { status: head }),
        error: isRefused ? 'ECONNREFUSED' : isCut(code) ? 'ECONNRESET' : `${status[code]}: ${details}`,
        // It was not processed, says gRPC, as its connection was told to go: another server gets it, and there is none here.
        unsent: isConnected && (isRefused || details === 'Stream refused by server'),
      }
    },
    close: () => current?.close(),
  }
}

const isReady = (client: Client | undefined) =>
  client?.getChannel().getConnectivityState(false) === connectivityState.READY

/** Connects, as the call would; whether that succeeded. */
async function connect(channel: ChannelInterface): Promise<boolean> {
  let state = channel.getConnectivityState(true)
  while (state === connectivityState.IDLE || state === connectivityState.CONNECTING) {
    await new Promise<void>((resolve) => channel.watchConnectivityState(state, Infinity, () => resolve()))
    state = channel.getConnectivityState(true)
  }
  return state === connectivityState.READY
}

/** What a client is told when its connection, or its stream, ends before the status. */
const isCut = (code: status) => code === status.UNAVAILABLE || code === status.CANCELLED || code === status.INTERNAL

const statusOf = ({ method }: OutgoingRequest, code: status) =>
  method === 'POST' && code === status.OK ? CREATED : (HTTP_STATUS[code] ?? 500)

/** Makes the call that an HTTP client would make as this request; resolves with how it ended. */
function call(client: OrdersClient, request: OutgoingRequest, onHead: () => void): Promise<StatusObject> {
  const { onData, signal } = request
  const made = begin(client, request, (_, response) => response && onData(JSON.stringify(response)))
  const cancel = () => made.cancel()
  signal.addEventListener('abort', cancel)
  made.on('metadata', (_: Metadata) => onHead())
  made.on('error', () => {}) // The status tells.
  made.on('data', ({ text }: Piece) => onData(text))
  return new Promise((resolve) => {
    made.on('status', (ended: StatusObject) => {
      signal.removeEventListener('abort', cancel)
      resolve(ended)
    })
  })
}

function begin(client: OrdersClient, { method, path, body }: OutgoingRequest, callback: Callback) {
  const { pathname, searchParams } = new URL(path, 'http://localhost')
  const route = `${method} ${pathname}`
  if (route === 'GET /orders') return client.list({ limit: Number(searchParams.get('limit')) }, callback)
  if (route === 'GET /orders/export') return client.export({})
  if (route === 'GET /events') return client.follow({})
  if (typeof body === 'string') {
    return client.take({ ...JSON.parse(body), wait: searchParams.get('wait') === 'processed' }, callback)
  }
  const made = client.send(callback)
  pipeline(
    Readable.from(body ?? []).map((piece) => ({ text: String(piece) })),
    made,
    () => {},
  )
  return made
}
