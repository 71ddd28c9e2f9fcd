import { setTimeout } from 'node:timers/promises'

/** The work of this demo: it stands for the warehouse that packs an order, and takes as long as it is told. */
export function packOrder(
  processingMs: number,
): (order: unknown, context: { readonly signal: AbortSignal }) => Promise<void> {
  return async (_order, { signal }) => {
    await setTimeout(processingMs, undefined, { signal })
  }
}
