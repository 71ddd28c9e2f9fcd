/** One line of an order. Prices are in cents. */
export interface OrderItem {
  readonly sku: string
  readonly quantity: number
  readonly priceCents: number
}

/** What a customer sends. */
export interface NewOrder {
  readonly customer: string
  readonly items: readonly OrderItem[]
}

/** `pending` until the worker has processed it. */
export type OrderStatus = 'pending' | 'processed'

/** An order as the service answers it. */
export interface Order extends NewOrder {
  readonly id: string
  /** Counts up from 1; gaps are possible. */
  readonly number: number
  readonly totalCents: number
  readonly status: OrderStatus
  readonly createdAt: Date
  readonly processedAt: Date | null
}
