import type { DrillContext } from '../drill/context.ts'
import { endMarked } from '../server/marked-processes.ts'
import { type DrilledServer, startServer } from '../server/start-server.ts'

/** Starts the server for the time of `use`; nothing of it is left afterwards. */
export async function withServer<Value>(
  { plan, onProgress, signal }: DrillContext,
  use: (server: DrilledServer) => Promise<Value>,
  start: { readonly replica?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Value> {
  const server = await startServer(plan, start.replica, start.env)
  const kill = (): void => server.container.kill()
  signal.addEventListener('abort', kill)
  onProgress({ type: 'spawned', pid: server.pid })
  try {
    return await use(server)
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
    await server.container.exited
    endMarked(server.mark)
  }
}
