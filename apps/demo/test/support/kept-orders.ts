import { waitUntil } from '@lastcall/testing'
import { exportOrders } from './orders-process.ts'

/** The orders of `acknowledged` that a running service does not have. */
export async function findMissing(acknowledged: ReadonlySet<string>, url: string): Promise<string[]> {
  const promised = [...acknowledged]
  const kept = new Set((await exportOrders(url)).map(({ id }) => id))
  return promised.filter((id) => !kept.has(id))
}

/** Waits until a running service has processed every order it has. */
export async function untilAllProcessed(url: string): Promise<void> {
  await waitUntil(async () => (await exportOrders(url)).every(({ status }) => status === 'processed'), {
    what: 'the last order being processed',
    intervalMs: 200,
    timeoutMs: 20_000,
  })
}
