import type { Order } from '../../src/orders/order.ts'

/** Begins an export that takes about `durationMs`, while a few more orders come; resolves to its lines. */
export async function beginSlowExport(url: string, durationMs: number): Promise<{ readonly lines: Promise<string[]> }> {
  const answer = await fetch(`${url}/orders?limit=1`)
  const { orders } = (await answer.json()) as { orders: Order[] }
  const perSecond = Math.ceil((((orders[0]?.number ?? 0) + 30) * 1000) / durationMs)
  const response = await fetch(`${url}/orders/export?perSecond=${perSecond}`)
  return { lines: response.text().then((text) => text.trimEnd().split('\n')) }
}
