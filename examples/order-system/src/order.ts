/** The shapes workflow, activities and starter agree on. */
export interface OrderInput {
  readonly orderId: string;
  readonly customer: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly priceCents: number }[];
  /** How long an approval is waited for before the order is approved by itself, in milliseconds. */
  readonly approvalTimeoutMs?: number;
  /** Makes shipping fail for good, to see the compensation. */
  readonly shippingFails?: boolean;
}

export type OrderState = 'received' | 'paying' | 'waiting for approval' | 'shipping' | 'shipped' | 'rejected' | 'cancelled' | 'failed';

export interface OrderStatus {
  readonly state: OrderState;
  readonly paymentId?: string;
  readonly trackingId?: string;
  readonly approvedBy?: string;
}

export interface Receipt {
  readonly orderId: string;
  readonly totalCents: number;
  readonly paymentId: string;
  readonly trackingId: string;
  readonly approvedBy: string;
}

export const totalCents = (order: OrderInput): number => order.items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0);
