// The load runs in a process of its own: nothing that keeps the drill busy delays a request.
import { endMarked, markOf } from '../server/marked-processes.ts'
import type { LoadNews, LoadOrder } from './messages.ts'
import { runLoad } from './run-load.ts'

// Not its parent's id, which is another one when that has crashed already.
const mark = markOf(Number(process.argv[2]))
/** When the drill has crashed, nobody listens. */
const tell = (news: LoadNews): void => void process.send?.(news, undefined, undefined, () => {})

let take: ((order: LoadOrder) => void) | undefined
let stopped = false

process.on('message', (order: LoadOrder) => {
  stopped ||= order.type === 'stop'
  if (order.type === 'start') take = runLoad(order.plan, tell)
  else take?.(order)
})
process.on('disconnect', () => {
  // The drill has crashed, and nobody else ends what has left the server's process group.
  if (!stopped) endMarked(mark)
  process.exit()
})
// Ctrl-C in a terminal reaches this process too; the drill ends it, once it has told what it saw.
process.on('SIGINT', () => {})
