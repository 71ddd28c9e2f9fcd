// The load runs in a process of its own: nothing that keeps the drill busy delays a request.
import type { LoadOrder } from './messages.ts'
import { runLoad } from './run-load.ts'

let take: ((order: LoadOrder) => void) | undefined

process.on('message', (order: LoadOrder) => {
  if (order.type === 'start') take = runLoad(order.plan, (news) => process.send?.(news))
  else take?.(order)
})
process.on('disconnect', () => process.exit())
// Ctrl-C in a terminal reaches this process too; the drill ends it, once it has told what it saw.
process.on('SIGINT', () => {})
