/** What happens to an order. */
export type OrderEventType = 'order.created' | 'order.processed'

/** One thing that happened to an order. Ids count up in the order of the commits; gaps are possible. */
export interface OrderEvent {
  readonly id: number
  readonly type: OrderEventType
  readonly orderId: string
  readonly orderNumber: number
  readonly at: Date
}
